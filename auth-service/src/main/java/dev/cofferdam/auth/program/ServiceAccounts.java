// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import dev.cofferdam.auth.signin.Account;
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

/** Accounts of programs. They have workspaces of their own and nobody signs in as one. */
@ApplicationScoped
public class ServiceAccounts {
  private final Outbox outbox;
  private final Keys keys;
  private final InstantSource clock = InstantSource.system();

  ServiceAccounts(Outbox outbox, Keys keys) {
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
   * @throws ProblemException 409 {@code name-taken}
   */
  @Transactional
  public Account add(String name, UserId by) {
    if (Account.count("lower(name) = lower(?1)", name) > 0) {
      throw new ProblemException(
          Problem.of("name-taken", 409, "This name is taken", "Choose another one."));
    }
    Instant now = clock.instant();
    Account account = Account.service(name, Role.MEMBER, now);
    account.persist();
    outbox.add(changed(account, by, "added", now));
    return account;
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
