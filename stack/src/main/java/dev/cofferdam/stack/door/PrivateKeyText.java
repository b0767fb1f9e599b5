// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.door;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cofferdam.stack.process.StartFailure;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key as PEM: PKCS #8 (RFC 5958), or what some tools still write, PKCS #1 for RSA (RFC
 * 8017) and SEC 1 for EC (RFC 5915). Those two lack the algorithm, which stands in the certificate:
 *
 * <pre>
 * PrivateKeyInfo ::= SEQUENCE { version INTEGER (0), algorithm, key OCTET STRING }
 * </pre>
 */
final class PrivateKeyText {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION = {0x02, 0x01, 0x00};

  private PrivateKeyText() {}

  /**
   * @param certified the public half, for its algorithm
   * @throws StartFailure if there is no key; the message has nothing of the text
   */
  static PrivateKey read(Path file, byte[] text, PublicKey certified) {
    Matcher block = BLOCK.matcher(new String(text, ISO_8859_1));
    if (!block.find()) {
      throw new StartFailure(file + " holds no private key as PEM: name it with --tls-key");
    }
    if (block.group(1).startsWith("ENCRYPTED")) {
      throw new StartFailure(
          file
              + " is encrypted, and nobody is here at a restart: openssl pkey -in it -out another");
    }
    byte[] der = new byte[0];
    try {
      der = Base64.getMimeDecoder().decode(block.group(2));
      boolean whole = block.group(1).equals("PRIVATE KEY");
      PKCS8EncodedKeySpec spec =
          new PKCS8EncodedKeySpec(whole ? der : wrapped(der, certified.getEncoded()));
      return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(spec);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without its cause: the message may quote the key.
      throw new StartFailure(
          file + " is not the key of the certificate in --tls-cert: name a pair");
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  /**
   * The public key's encoding begins with the same algorithm: SEQUENCE { algorithm, BIT STRING }.
   */
  private static byte[] wrapped(byte[] key, byte[] publicKey) {
    int algorithm = 1 + lengthBytes(publicKey, 1);
    int size = 1 + lengthBytes(publicKey, algorithm + 1) + length(publicKey, algorithm + 1);
    byte[] identifier = Arrays.copyOfRange(publicKey, algorithm, algorithm + size);
    return tagged(SEQUENCE, VERSION, identifier, tagged(OCTET_STRING, key));
  }

  /** How many bytes a length has that begins at {@code at} (ITU-T X.690, 8.1.3). */
  private static int lengthBytes(byte[] der, int at) {
    return (der[at] & 0x80) == 0 ? 1 : 1 + (der[at] & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int bytes = lengthBytes(der, at);
    if (bytes == 1) {
      return der[at];
    }
    int length = 0;
    for (int i = 1; i < bytes; i++) {
      length = length << 8 | der[at + i] & 0xff;
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  /** The shortest form, as DER demands; a key file is smaller than 64 KiB. */
  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> Byte.SIZE);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
  }
}
