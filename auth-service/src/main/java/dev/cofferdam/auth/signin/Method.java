// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import java.util.Locale;

/** How somebody proves who they are. */
public enum Method {
  LINK,
  SSH_KEY,
  PASSKEY,
  OIDC,
  GITHUB;

  /** As in tokens, events and the database, for instance {@code ssh-key}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
