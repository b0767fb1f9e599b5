// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.people.People;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Whether a provider still admits somebody who has an account here. It is asked at their sign-in
 * there alone, but what they have made here since (SSH keys, passkeys, API keys) lets them in
 * without it. So who is no longer admitted is switched off, as by an owner, and on again at the
 * first sign-in that is admitted (ADR 0072).
 */
@ApplicationScoped
class Membership {
  private static final Logger LOG = Logger.getLogger(Membership.class);

  private final People people;
  private final Locks locks;

  Membership(People people, Locks locks) {
    this.people = people;
    this.locks = locks;
  }

  /**
   * In a transaction of its own: the sign-in that is refused for it takes nothing of this back.
   *
   * @param who as the provider has just said; if it did not say all that admission goes by, nothing
   *     changes
   */
  @Transactional
  void obey(Provider provider, Identity who) {
    Admission admission = provider.common().admission();
    if (admission.isSilent()) {
      return;
    }
    locks.person(who.issuer(), Optional.of(who.subject()), who.session());
    Optional<ProviderIdentity> known = ProviderIdentity.of(who);
    if (known.isEmpty()) {
      return;
    }
    if (admission.admits(who)) {
      people.enableThere(known.get().accountId);
    } else if (admission.isSure(who) && !people.disableThere(known.get().accountId)) {
      LOG.warnf(
          "provider %s no longer admits the last owner, %s, who stays on: make another one",
          provider.id(), known.get().accountId);
    }
  }
}
