// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.Tenancy;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Accounts of programs. They have workspaces of their own and nobody signs in as one. */
@ApplicationScoped
public class ServiceAccounts {
  static final int MOST = 100;

  private final Outbox outbox;
  private final Keys keys;
  private final Tenancy tenancy;
  private final InstantSource clock = InstantSource.system();

  ServiceAccounts(Outbox outbox, Keys keys, Tenancy tenancy) {
    this.tenancy = tenancy;
    this.outbox = outbox;
    this.keys = keys;
  }

  @Transactional
  public List<Account> list() {
    return Account.list("kind = 'service'", Sort.by("name"));
  }

  @Transactional
  public Optional<Account> find(UUID id) {
    return Account.find("id = ?1 and kind = 'service'", id).firstResultOptional();
  }

  /**
   * @throws ProblemException 409 if the name is taken, there are {@value #MOST} already, or the
   *     installation is for one person only
   */
  @Transactional
  public Account add(String name, UserId by) {
    tenancy.requireSeveral();
    if (Account.count("lower(name) = lower(?1)", name) > 0) {
      throw nameTaken();
    }
    if (Account.count() >= Account.MOST) {
      throw Account.noRoom("There are " + Account.MOST + " already.");
    }
    requireRoom();
    Instant now = clock.instant();
    Account account = Account.service(name, Role.MEMBER, now);
    try {
      account.persistAndFlush();
    } catch (ConstraintViolationException e) {
      // Somebody was quicker with the same name.
      throw nameTaken();
    }
    outbox.add(changed(account, by, "added", now));
    return account;
  }

  /** Accounts are never deleted; one that is switched off makes room. */
  private static void requireRoom() {
    if (Account.count("kind = 'service' and disabledAt is null") >= MOST) {
      throw conflict(
          "too-many-service-accounts",
          "There are " + MOST + " service accounts already",
          "Switch some off that are no longer used.");
    }
  }

  private static ProblemException nameTaken() {
    return conflict("name-taken", "This name is taken", "Choose another one.");
  }

  private static ProblemException conflict(String slug, String title, String detail) {
    return new ProblemException(Problem.of(slug, 409, title, detail));
  }

  /** Switches it off, which revokes its keys, or on. */
  @Transactional
  public Account setDisabled(UUID id, boolean disabled, UserId by) {
    Account account = find(id).orElseThrow(() -> notFound());
    if (account.isDisabled() != disabled) {
      Instant now = clock.instant();
      if (disabled) {
        account.disable(now);
        keys.revokeAll(account.user(), by);
      } else {
        tenancy.requireSeveral();
        requireRoom();
        account.enable();
      }
      outbox.add(changed(account, by, disabled ? "disabled" : "enabled", now));
    }
    return account;
  }

  private static ProblemException notFound() {
    return new ProblemException(Problem.notFound("service account"));
  }

  private static SecurityEvent changed(Account account, UserId by, String what, Instant now) {
    return new SecurityEvent.AccountChanged(UUID.randomUUID(), now, account.user(), by, what);
  }
}
