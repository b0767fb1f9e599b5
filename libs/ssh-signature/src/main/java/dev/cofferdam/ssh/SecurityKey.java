// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import java.nio.charset.StandardCharsets;

/**
 * Ed25519 on a security key (PROTOCOL.u2f): it signs only while somebody touches it.
 *
 * <pre>
 * key       = string "sk-ssh-ed25519@openssh.com", string point, string application
 * signature = string "sk-ssh-ed25519@openssh.com", string 64 bytes, byte flags, uint32 counter
 * signed    = SHA-256(application), flags, counter, SHA-256(message)
 * </pre>
 *
 * The counter is part of what is signed and else not looked at: challenges are spent once, so that
 * an old signature is worth nothing, and many keys always say 0.
 */
record SecurityKey(EdwardsPoint point, String application) implements SshPublicKey {
  static final String TYPE = "sk-ssh-ed25519@openssh.com";
  private static final String APPLICATIONS = "ssh:";
  private static final int USER_PRESENT = 0x01;

  SecurityKey {
    if (!application.startsWith(APPLICATIONS)) {
      throw new MalformedSsh("the security key's application is not of SSH");
    }
  }

  static SecurityKey read(Wire in) {
    return new SecurityKey(EdwardsPoint.read(in), in.name());
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public byte[] blob() {
    return new WireOut().name(TYPE).string(point.encoded().toBytes()).name(application).toBytes();
  }

  @Override
  public boolean verifies(byte[] signature, byte[] message) {
    Wire in = new Wire(signature);
    if (!in.name().equals(TYPE)) {
      return false;
    }
    byte[] raw = in.string(Ed25519Key.SIGNATURE_LENGTH);
    byte[] flags = in.take(1);
    byte[] counter = in.take(Integer.BYTES);
    in.end();
    if ((flags[0] & USER_PRESENT) == 0) {
      return false;
    }
    byte[] signed =
        new WireOut()
            .raw(Jca.digest("SHA-256", application.getBytes(StandardCharsets.ISO_8859_1)))
            .raw(flags)
            .raw(counter)
            .raw(Jca.digest("SHA-256", message))
            .toBytes();
    return Jca.verifies("Ed25519", point.toKey(), raw, signed);
  }
}
