// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.KeySpec;

/** The platform's cryptography: what cannot be carried out is a refusal, never an answer. */
final class Jca {
  private Jca() {}

  static PublicKey key(String algorithm, KeySpec spec) {
    try {
      return KeyFactory.getInstance(algorithm).generatePublic(spec);
    } catch (GeneralSecurityException e) {
      throw new MalformedSsh("not a key of its type", e);
    }
  }

  static boolean verifies(String algorithm, PublicKey key, byte[] signature, byte[] message) {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new MalformedSsh("not a key of its type", e);
    }
  }

  static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
