// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.util.Base64;

/** A public key that may sign in. Two keys are equal when their bytes are. */
public sealed interface SshPublicKey permits Ed25519Key, SecurityKey, EcdsaKey, RsaKey {
  /** The name of its type in OpenSSH, for instance {@code ssh-ed25519}. */
  String type();

  /** Its bytes in OpenSSH's format, a copy. */
  byte[] blob();

  /**
   * Whether the signature is this key's over the message.
   *
   * @param signature as on the wire: algorithm and what it needs
   */
  boolean verifies(byte[] signature, byte[] message);

  /** As {@code ssh-keygen -l} prints it: {@code SHA256:} and 43 characters. */
  default String fingerprint() {
    return "SHA256:"
        + Base64.getEncoder().withoutPadding().encodeToString(Jca.digest("SHA-256", blob()));
  }

  /** As in a {@code .pub} file, without a comment. */
  default String line() {
    return type() + " " + Base64.getEncoder().encodeToString(blob());
  }

  /** Reads a key's bytes; certificates are none. */
  static SshPublicKey parse(byte[] blob) {
    Wire in = new Wire(blob);
    SshPublicKey key = KeyParts.read(in.name(), in);
    in.end();
    return key;
  }
}
