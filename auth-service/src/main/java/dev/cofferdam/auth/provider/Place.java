// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;

/** Where people can sign in: one configured provider. Blocks while it asks there. */
sealed interface Place permits OidcPlace, GitHubPlace {
  Provider provider();

  /** Where the browser has to go. */
  URI start(Handshake handshake);

  /**
   * Who came back.
   *
   * @throws ProviderFailure if the provider does not say so beyond doubt
   */
  Identity identify(Callback callback, Handshake handshake);
}
