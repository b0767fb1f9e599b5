// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * SSHSIG version 1.
 *
 * <pre>
 * blob   = "SSHSIG", uint32 1, string key or certificate, string namespace, string reserved (empty),
 *          string hash ("sha256" or "sha512"), string signature
 * signed = "SSHSIG", string namespace, string reserved, string hash, string H(message)
 * </pre>
 */
record SshSignature(Blob signer, String namespace, String hash, Blob signature) {
  private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  static SshSignature parse(byte[] blob) {
    Wire in = new Wire(blob);
    if (!Arrays.equals(in.take(MAGIC.length), MAGIC) || in.uint32() != VERSION) {
      throw new MalformedSsh("not an SSH signature of version 1");
    }
    Blob signer = Blob.copyOf(in.string());
    String namespace = in.name();
    if (namespace.isEmpty() || in.string().length > 0) {
      throw new MalformedSsh("the namespace is empty, or the reserved field is not");
    }
    String hash = in.name();
    if (!hash.equals("sha256") && !hash.equals("sha512")) {
      throw new MalformedSsh("the hash is neither sha256 nor sha512");
    }
    Blob signature = Blob.copyOf(in.string());
    in.end();
    return new SshSignature(signer, namespace, hash, signature);
  }

  /** What the key has really signed when it signed the message. */
  byte[] signed(byte[] message) {
    String digest = hash.equals("sha256") ? "SHA-256" : "SHA-512";
    return new WireOut()
        .raw(MAGIC)
        .name(namespace)
        .name("")
        .name(hash)
        .string(Jca.digest(digest, message))
        .toBytes();
  }
}
