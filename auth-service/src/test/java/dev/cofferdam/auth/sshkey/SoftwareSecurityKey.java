// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/**
 * What a security key and OpenSSH around it do (PROTOCOL.u2f, PROTOCOL.sshsig), for a machine that
 * has none.
 */
final class SoftwareSecurityKey {
  static final String TYPE = "sk-ssh-ed25519@openssh.com";

  /** The flag that says that somebody has touched it. */
  static final int TOUCHED = 0x01;

  private static final String APPLICATION = "ssh:";
  private static final int POINT_BYTES = 32;

  private final KeyPair pair;

  SoftwareSecurityKey() throws GeneralSecurityException {
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  /** The line of its {@code .pub} file. */
  String publicKey() throws IOException {
    return TYPE + " " + Base64.getEncoder().encodeToString(blob()) + " ada@key";
  }

  private byte[] blob() throws IOException {
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - POINT_BYTES, encoded.length);
    return new Out().word(TYPE).string(point).word(APPLICATION).bytes();
  }

  /** As {@code ssh-keygen -Y sign} prints it. */
  String sign(String text, String namespace, int flags) throws Exception {
    Out message = new Out().raw("SSHSIG".getBytes(US_ASCII)).word(namespace).word("");
    message.word("sha512").string(digest("SHA-512", text.getBytes(UTF_8)));
    Out signed = new Out().raw(digest("SHA-256", APPLICATION.getBytes(US_ASCII)));
    signed.flagsAndCounter(flags).raw(digest("SHA-256", message.bytes()));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(signed.bytes());
    byte[] whole = new Out().word(TYPE).string(signature.sign()).flagsAndCounter(flags).bytes();
    Out form = new Out().raw("SSHSIG".getBytes(US_ASCII)).number(1).string(blob());
    form.word(namespace).word("").word("sha512").string(whole);
    return "-----BEGIN SSH SIGNATURE-----\n"
        + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(form.bytes())
        + "\n-----END SSH SIGNATURE-----\n";
  }

  private static byte[] digest(String algorithm, byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance(algorithm).digest(bytes);
  }

  /** RFC 4251 section 5. */
  private static final class Out {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    Out raw(byte[] some) throws IOException {
      out.write(some);
      return this;
    }

    Out number(int some) throws IOException {
      out.writeInt(some);
      return this;
    }

    Out string(byte[] some) throws IOException {
      return number(some.length).raw(some);
    }

    Out word(String some) throws IOException {
      return string(some.getBytes(US_ASCII));
    }

    Out flagsAndCounter(int flags) throws IOException {
      out.writeByte(flags);
      return number(7);
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
