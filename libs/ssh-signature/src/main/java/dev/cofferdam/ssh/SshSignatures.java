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
    byte[] signer = signature.signer().toBytes();
    Optional<UserCertificate> certificate =
        UserCertificate.isType(new Wire(signer).name())
            ? Optional.of(UserCertificate.parse(signer))
            : Optional.empty();
    SshPublicKey key =
        certificate.map(UserCertificate::key).orElseGet(() -> SshPublicKey.parse(signer));
    return key.verifies(signature.signature().toBytes(), signature.signed(message))
        ? new Verdict.Signed(key, certificate)
        : new Verdict.Refused(Reason.BAD_SIGNATURE);
  }
}
