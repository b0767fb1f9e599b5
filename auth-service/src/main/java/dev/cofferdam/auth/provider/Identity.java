// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who somebody is, by the word of a provider. Issuer and subject alone say so; the rest is what the
 * provider tells at present.
 *
 * @param subject unique and never given to another, at this issuer
 * @param session the provider's name for the person's session there
 * @param issuedAt when the provider said so, in whole seconds by its clock
 * @param name to call the person by
 * @param saysGroups whether these are all; else it tells of them in another way, or did not
 * @param endsAt when the provider's session ends, as far as it says
 */
record Identity(
    String issuer,
    String subject,
    Optional<String> session,
    Optional<Instant> issuedAt,
    String name,
    Optional<String> verifiedEmail,
    Set<String> groups,
    boolean saysGroups,
    Optional<Instant> endsAt) {
  Identity {
    groups = Set.copyOf(groups);
  }
}
