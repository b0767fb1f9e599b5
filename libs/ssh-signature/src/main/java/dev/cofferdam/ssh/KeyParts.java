// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

/** The part of a key that stands behind its type, in keys and in certificates alike. */
final class KeyParts {
  private KeyParts() {}

  static SshPublicKey read(String type, Wire in) {
    return switch (type) {
      case Ed25519Key.TYPE -> Ed25519Key.read(in);
      case SecurityKey.TYPE -> SecurityKey.read(in);
      case EcdsaKey.TYPE -> EcdsaKey.read(in);
      case RsaKey.TYPE -> RsaKey.read(in);
      default ->
          throw new MalformedSsh(
              "the type is none of ssh-ed25519, sk-ssh-ed25519@openssh.com, ecdsa-sha2-nistp256,"
                  + " ssh-rsa");
    };
  }
}
