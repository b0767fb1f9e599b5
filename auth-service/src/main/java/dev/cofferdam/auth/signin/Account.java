// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person, or a program that has an account of its own. The first is the owner. */
@Entity
@Table(name = "account")
public class Account extends PanacheEntityBase {
  /** Of people and programs together, those that are switched off too: none is ever deleted. */
  public static final int MOST = 10_000;

  static final String PERSON = "person";
  static final String SERVICE = "service";

  @Id UUID id;

  String name;

  String role;

  String kind;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "disabled_at")
  @Nullable Instant disabledAt;

  @Column(name = "disabled_there")
  boolean disabledThere;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Account() {}

  /** A person who is not stored yet; the caller has checked the name. */
  public static Account person(String name, Role role, Instant now) {
    return fresh(name, role, PERSON, now);
  }

  /** A program that is not stored yet; the caller has checked the name. */
  public static Account service(String name, Role role, Instant now) {
    return fresh(name, role, SERVICE, now);
  }

  private static Account fresh(String name, Role role, String kind, Instant now) {
    Account account = new Account();
    account.id = UUID.randomUUID();
    account.name = name;
    account.role = role.wireName();
    account.kind = kind;
    account.createdAt = now;
    return account;
  }

  /** Whoever was there first. */
  static Account owner() {
    return Account.<Account>find("role = ?1", Sort.by("createdAt"), Role.OWNER.wireName())
        .firstResult();
  }

  /** Upper and lower case are the same name. */
  public static Optional<Account> named(String name) {
    return find("lower(name) = lower(?1)", name).firstResultOptional();
  }

  /** That there are as many as there may be; what that is, the detail says. */
  public static ProblemException noRoom(String detail) {
    return new ProblemException(
        Problem.of("too-many-people", 409, "No more accounts fit in", detail));
  }

  public UUID id() {
    return id;
  }

  public UserId user() {
    return new UserId(id);
  }

  public String name() {
    return name;
  }

  public Role role() {
    return Role.parse(role);
  }

  public void become(Role next) {
    role = next.wireName();
  }

  public boolean isPerson() {
    return kind.equals(PERSON);
  }

  public Instant createdAt() {
    return createdAt;
  }

  public boolean isDisabled() {
    return disabledAt != null;
  }

  public void disable(Instant now) {
    disabledAt = now;
    disabledThere = false;
  }

  /** Whether it was a provider that no longer admits them; if it does again, they are on. */
  public boolean isDisabledThere() {
    return disabledThere;
  }

  public void disableThere(Instant now) {
    disabledAt = now;
    disabledThere = true;
  }

  public void enable() {
    disabledAt = null;
    disabledThere = false;
  }
}
