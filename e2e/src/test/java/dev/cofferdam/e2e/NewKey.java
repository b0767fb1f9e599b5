// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key that signs as {@code ssh-keygen -Y sign} does (PROTOCOL.sshsig), without a process
 * for each signature: four hundred of those take longer than all else.
 */
final class NewKey {
  private static final String TYPE = "ssh-ed25519";
  private static final String HASH = "sha512";
  private static final byte[] MAGIC = "SSHSIG".getBytes(US_ASCII);
  private static final int RAW_LENGTH = 32;
  private static final int LINE_LENGTH = 68;

  private final KeyPair pair;

  NewKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As in a {@code .pub} file. */
  String line() {
    return TYPE + " " + Base64.getEncoder().encodeToString(publicKey()) + " new";
  }

  /** The answer to a challenge. */
  String answer(JsonNode challenge) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("challengeId", challenge.path("id").asText())
        .put(
            "signature",
            signature(challenge.path("text").asText(), challenge.path("namespace").asText()))
        .toString();
  }

  private String signature(String text, String namespace) {
    byte[] all =
        joined(
            MAGIC,
            ByteBuffer.allocate(Integer.BYTES).putInt(1).array(),
            string(publicKey()),
            string(namespace),
            string(""),
            string(HASH),
            string(joined(string(TYPE), string(raw(text, namespace)))));
    String lines = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(all);
    return "-----BEGIN SSH SIGNATURE-----\n" + lines + "\n-----END SSH SIGNATURE-----\n";
  }

  private byte[] raw(String text, String namespace) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-512").digest(text.getBytes(US_ASCII));
      Signature signing = Signature.getInstance("Ed25519");
      signing.initSign(pair.getPrivate());
      signing.update(joined(MAGIC, string(namespace), string(""), string(HASH), string(hash)));
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The encoding of RFC 8410 ends with the raw key. */
  private byte[] publicKey() {
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_LENGTH, encoded.length);
    return joined(string(TYPE), string(raw));
  }

  private static byte[] string(String text) {
    return string(text.getBytes(US_ASCII));
  }

  private static byte[] string(byte[] bytes) {
    return joined(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array(), bytes);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
