// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.Quota;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** How much each person may have: what was set for them, or else the default. */
@ApplicationScoped
public class Quotas {
  private final QuotaConfig defaults;
  private final Outbox outbox;

  Quotas(QuotaConfig defaults, Outbox outbox) {
    this.defaults = defaults;
    this.outbox = outbox;
  }

  @Transactional
  public Quota of(UUID account) {
    Optional<OwnQuota> own = OwnQuota.findByIdOptional(account);
    return new Quota(
        own.map(quota -> quota.workspaces).orElseGet(defaults::workspaces),
        own.map(quota -> quota.openSessions).orElseGet(defaults::openSessions),
        own.map(quota -> quota.bytes).orElseGet(defaults::bytes));
  }

  /** Told of only if it makes a difference. */
  @Transactional
  void change(UserId whose, QuotaChange change, UserId by) {
    UUID account = whose.value();
    Quota before = of(account);
    Optional<OwnQuota> own = OwnQuota.findByIdOptional(account);
    OwnQuota quota = own.orElseGet(OwnQuota::new);
    quota.accountId = account;
    change.applyTo(quota);
    quota.persist();
    if (!of(account).equals(before)) {
      outbox.add(
          new SecurityEvent.AccountChanged(UUID.randomUUID(), Instant.now(), whose, by, "quota"));
    }
  }
}
