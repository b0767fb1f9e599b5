// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** Does what a security key and OpenSSH around it do, without anybody to touch it. */
final class SoftwareKey {
  private final KeyPair pair;
  final SecurityKey key;

  SoftwareKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    key = new SecurityKey(point(), "ssh:");
  }

  EdwardsPoint point() {
    byte[] encoded = pair.getPublic().getEncoded();
    return new EdwardsPoint(
        Blob.copyOf(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
  }

  byte[] rawSign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String sign(byte[] message, int flags, int counter) {
    SshSignature form =
        new SshSignature(
            Blob.copyOf(key.blob()), SshKeygen.NAMESPACE, "sha512", Blob.copyOf(new byte[0]));
    byte[] signed =
        new WireOut()
            .raw(Jca.digest("SHA-256", "ssh:".getBytes(US_ASCII)))
            .raw((byte) flags)
            .uint32(counter)
            .raw(Jca.digest("SHA-256", form.signed(message)))
            .toBytes();
    byte[] signature =
        new WireOut()
            .name(SecurityKey.TYPE)
            .string(rawSign(signed))
            .raw((byte) flags)
            .uint32(counter)
            .toBytes();
    return armour(blob(key.blob(), signature));
  }

  static byte[] blob(byte[] signer, byte[] signature) {
    return new WireOut()
        .raw("SSHSIG".getBytes(US_ASCII))
        .uint32(1)
        .string(signer)
        .name(SshKeygen.NAMESPACE)
        .name("")
        .name("sha512")
        .string(signature)
        .toBytes();
  }

  static String armour(byte[] blob) {
    String base64 = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(blob);
    return "-----BEGIN SSH SIGNATURE-----\n" + base64 + "\n-----END SSH SIGNATURE-----\n";
  }
}
