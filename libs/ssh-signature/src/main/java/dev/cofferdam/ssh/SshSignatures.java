// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Checks signatures of one namespace. */
public final class SshSignatures {
  private final String namespace;

  /**
   * @param namespace in ASCII, not empty; signatures of any other are refused
   */
  public SshSignatures(String namespace) {
    if (namespace.isEmpty() || !StandardCharsets.US_ASCII.newEncoder().canEncode(namespace)) {
      throw new IllegalArgumentException("a namespace is ASCII and not empty");
    }
    this.namespace = namespace;
  }

  /** What a signature turned out to be. */
  public sealed interface Verdict {
    /**
     * Whoever holds this key has signed this message for this namespace. Whether the key may do
     * anything is not said: compare it with the registered one, or have the certificate decided.
     */
    record Signed(SshPublicKey key, Optional<UserCertificate> certificate) implements Verdict {}

    /** Nobody has signed anything; the reason is for records. */
    record Refused(Reason reason) implements Verdict {}
  }

  /** Why a signature was refused; the names are stable and go into records. */
  public enum Reason {
    MALFORMED,
    OTHER_NAMESPACE,
    /** A key or certificate that is none, or of a kind or length that is not taken. */
    KEY_NOT_TAKEN,
    BAD_SIGNATURE
  }

  /** Checks a signature in its armour over these bytes. Never throws for what is in it. */
  public Verdict check(String armoured, byte[] message) {
    try {
      return check(SshSignature.parse(Armour.open(armoured)), message);
    } catch (MalformedSsh e) {
      return new Verdict.Refused(Reason.MALFORMED);
    }
  }

  private Verdict check(SshSignature signature, byte[] message) {
    if (!signature.namespace().equals(namespace)) {
      return new Verdict.Refused(Reason.OTHER_NAMESPACE);
    }
    Signer signer;
    try {
      signer = Signer.read(signature.signer().toBytes());
    } catch (MalformedSsh e) {
      return new Verdict.Refused(Reason.KEY_NOT_TAKEN);
    }
    return signer.key.verifies(signature.signature().toBytes(), signature.signed(message))
        ? new Verdict.Signed(signer.key, signer.certificate)
        : new Verdict.Refused(Reason.BAD_SIGNATURE);
  }

  private record Signer(SshPublicKey key, Optional<UserCertificate> certificate) {
    static Signer read(byte[] blob) {
      if (!UserCertificate.isType(new Wire(blob).name())) {
        return new Signer(SshPublicKey.parse(blob), Optional.empty());
      }
      UserCertificate certificate = UserCertificate.parse(blob);
      return new Signer(certificate.key(), Optional.of(certificate));
    }
  }
}
