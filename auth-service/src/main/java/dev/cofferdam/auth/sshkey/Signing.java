// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.secrets.SecretBytes;
import java.net.URI;
import java.util.Locale;

/** What challenges have in common, whatever they are for. */
final class Signing {
  private static final int NONCE_BYTES = 32;

  private Signing() {}

  /** A signature for one purpose, or one server, is worth nothing for another. */
  static String namespace(String purpose, URI origin) {
    return purpose + "@" + origin.getHost().toLowerCase(Locale.ROOT);
  }

  static String nonce() {
    try (SecretBytes nonce = SecretBytes.random(NONCE_BYTES)) {
      return nonce.toBase64Url();
    }
  }

  /**
   * Ready to be pasted into a shell.
   *
   * @param text without quotes
   */
  static String command(String text, String namespace) {
    return "printf '%s' '"
        + text
        + "' | ssh-keygen -Y sign -n "
        + namespace
        + " -f ~/.ssh/id_ed25519";
  }
}
