// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where people may sign in, as configured. */
sealed interface Provider {
  Common common();

  default String id() {
    return common().id();
  }

  /**
   * What both kinds have.
   *
   * @param id names it in addresses and in the file
   * @param name what a person reads
   * @param longest our sessions end after this at the latest; without it when the provider's does
   */
  record Common(
      String id, String name, Client client, Admission admission, Optional<Duration> longest) {}

  /**
   * What we are to the provider.
   *
   * @param redirect the exact address that codes are sent to
   */
  record Client(String id, ClientSecret secret, URI redirect) {}

  /**
   * OpenID Connect Core 1.0.
   *
   * @param groups name of the claim with the groups
   * @param algorithms that ID tokens and logout tokens may be signed with
   */
  record Oidc(Common common, URI issuer, List<String> scopes, String groups, Set<String> algorithms)
      implements Provider {
    public Oidc {
      scopes = List.copyOf(scopes);
      algorithms = Set.copyOf(algorithms);
    }
  }

  /**
   * GitHub's OAuth, also of an installation of one's own.
   *
   * @param web where people sign in
   * @param api where we ask who they are
   */
  record GitHub(Common common, URI web, URI api) implements Provider {}
}
