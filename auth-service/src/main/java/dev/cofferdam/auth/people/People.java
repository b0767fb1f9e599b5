// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import dev.cofferdam.auth.program.Keys;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.PersonName;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.auth.signin.Tenancy;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Accounts of people. Who may do what was decided before; what nobody may is refused here. */
@ApplicationScoped
public class People {
  private final Outbox outbox;
  private final SignIns signIns;
  private final Keys apiKeys;
  private final Tenancy tenancy;
  private final InstantSource clock;

  People(Outbox outbox, SignIns signIns, Keys apiKeys, Tenancy tenancy, InstantSource clock) {
    this.apiKeys = apiKeys;
    this.clock = clock;
    this.outbox = outbox;
    this.signIns = signIns;
    this.tenancy = tenancy;
  }

  @Transactional
  public List<Account> list() {
    return Account.list("kind = 'person'", Sort.by("name"));
  }

  @Transactional
  public Optional<Account> find(UUID id) {
    return Account.find("id = ?1 and kind = 'person'", id).firstResultOptional();
  }

  /**
   * @throws ProblemException 409 if the name is taken, or the installation is for one person only
   */
  @Transactional
  public Account add(PersonName name, Role role, UserId by) {
    tenancy.requireSeveral();
    if (Account.count("lower(name) = lower(?1)", name.text()) > 0) {
      throw nameTaken();
    }
    if (Account.count() >= Account.MOST) {
      throw Account.noRoom("There are " + Account.MOST + " already.");
    }
    Account account = Account.person(name.text(), role, clock.instant());
    try {
      account.persistAndFlush();
    } catch (ConstraintViolationException e) {
      // Somebody was quicker with the same name.
      throw nameTaken();
    }
    tell(account, by, "added");
    return account;
  }

  /**
   * Gives another role. All their sign-ins end, and what their API keys opened: what was opened
   * with the rights of one role does not go on with those of another.
   */
  @Transactional
  public void changeRole(UUID id, Role role, UserId by) {
    List<Account> owners = lockedOwners();
    Account account = locked(id);
    if (account.role() == role) {
      return;
    }
    requireAnotherOwner(account, owners);
    become(account, role, by);
  }

  /**
   * The same for a provider, which is asked before each sign-in and gives nobody the role of owners
   * nor takes it. Call it inside a transaction.
   */
  @Transactional(TxType.MANDATORY)
  public void become(Account account, Role role, UserId by) {
    account.become(role);
    tell(account, by, "role");
    endAll(account.user(), "role-changed");
  }

  private void endAll(UserId whose, String reason) {
    signIns.endAll(whose, Optional.empty(), reason);
    apiKeys.endTokens(whose, reason);
  }

  /**
   * Switches somebody off: whatever they have open ends.
   *
   * @throws ProblemException 409 for oneself and for the last owner
   */
  @Transactional
  public void disable(UUID id, UserId by) {
    List<Account> owners = lockedOwners();
    Account account = locked(id);
    if (account.isDisabled() && !account.isDisabledThere()) {
      return;
    }
    if (account.user().equals(by)) {
      throw conflict(
          "own-account", "Nobody switches themselves off", "Somebody else has to do this.");
    }
    requireAnotherOwner(account, owners);
    account.disable(clock.instant());
    tell(account, by, "disabled");
    endAll(account.user(), "account-disabled");
  }

  /**
   * The same for a provider that no longer admits somebody.
   *
   * @return false for the last owner, who stays on
   */
  @Transactional(TxType.MANDATORY)
  public boolean disableThere(UUID id) {
    List<Account> owners = lockedOwners();
    Account account = locked(id);
    if (account.isDisabled()) {
      return true;
    }
    if (isLastOwner(account, owners)) {
      return false;
    }
    account.disableThere(clock.instant());
    tell(account, account.user(), "disabled");
    endAll(account.user(), "account-disabled");
    return true;
  }

  /** Only whom {@link #disableThere} has switched off. */
  @Transactional(TxType.MANDATORY)
  public void enableThere(UUID id) {
    Account account = locked(id);
    if (account.isDisabledThere()) {
      account.enable();
      tell(account, account.user(), "enabled");
    }
  }

  @Transactional
  public void enable(UUID id, UserId by) {
    Account account = locked(id);
    if (account.isDisabled()) {
      account.enable();
      tell(account, by, "enabled");
    }
  }

  /** As it is committed, which nobody else changes before the present transaction has ended. */
  @Transactional(TxType.MANDATORY)
  public Account locked(UUID id) {
    Account account = Account.findById(id);
    Account.getEntityManager().refresh(account, LockModeType.PESSIMISTIC_WRITE);
    return account;
  }

  /** Locked, so that two owners who remove each other at once don't both succeed. */
  private static List<Account> lockedOwners() {
    return Account.<Account>find(
            "role = ?1 and kind = 'person' and disabledAt is null",
            Sort.by("id"),
            Role.OWNER.wireName())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  private static void requireAnotherOwner(Account account, List<Account> owners) {
    if (isLastOwner(account, owners)) {
      throw conflict(
          "last-owner",
          "There is no other owner",
          "Make somebody else an owner first: without one nobody could look after this server.");
    }
  }

  private static boolean isLastOwner(Account account, List<Account> owners) {
    return account.role() == Role.OWNER
        && owners.stream().allMatch(owner -> owner.id().equals(account.id()));
  }

  private static ProblemException nameTaken() {
    return conflict("name-taken", "This name is taken", "Choose another one.");
  }

  private void tell(Account account, UserId by, String what) {
    outbox.add(
        new SecurityEvent.AccountChanged(
            UUID.randomUUID(), clock.instant(), account.user(), by, what));
  }

  private static ProblemException conflict(String slug, String title, String detail) {
    return new ProblemException(Problem.of(slug, 409, title, detail));
  }
}
