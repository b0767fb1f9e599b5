// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

/**
 * Ed25519 (RFC 8709).
 *
 * <pre>
 * key       = string "ssh-ed25519", string point
 * signature = string "ssh-ed25519", string 64 bytes
 * </pre>
 */
record Ed25519Key(EdwardsPoint point) implements SshPublicKey {
  static final String TYPE = "ssh-ed25519";
  static final int SIGNATURE_LENGTH = 64;

  static Ed25519Key read(Wire in) {
    return new Ed25519Key(EdwardsPoint.read(in));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public byte[] blob() {
    return new WireOut().name(TYPE).string(point.encoded().toBytes()).toBytes();
  }

  @Override
  public boolean verifies(byte[] signature, byte[] message) {
    Wire in = new Wire(signature);
    if (!in.name().equals(TYPE)) {
      return false;
    }
    byte[] raw = in.string(SIGNATURE_LENGTH);
    in.end();
    return Jca.verifies("Ed25519", point.toKey(), raw, message);
  }
}
