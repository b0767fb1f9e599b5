// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.people;

import dev.cofferdam.identity.Quota;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** How much each person may have: what was set for them, or else the default. */
@ApplicationScoped
public class Quotas {
  private final QuotaConfig defaults;

  Quotas(QuotaConfig defaults) {
    this.defaults = defaults;
  }

  @Transactional
  public Quota of(UUID account) {
    Optional<OwnQuota> own = OwnQuota.findByIdOptional(account);
    return new Quota(
        own.map(quota -> quota.workspaces).orElseGet(defaults::workspaces),
        own.map(quota -> quota.openSessions).orElseGet(defaults::openSessions),
        own.map(quota -> quota.bytes).orElseGet(defaults::bytes));
  }

  @Transactional
  void change(UUID account, QuotaChange change) {
    Optional<OwnQuota> own = OwnQuota.findByIdOptional(account);
    OwnQuota quota = own.orElseGet(OwnQuota::new);
    quota.accountId = account;
    change.applyTo(quota);
    quota.persist();
  }
}
