// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * An authenticator and the browser around it, written from the specification and without the
 * library that is tested. It does what it is told, also what no real one does.
 */
final class SoftAuthenticator {
  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int ELIGIBLE = 0x08;
  private static final int ATTESTED = 0x40;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KeyPair key = freshKey();
  byte[] id = random(32);
  byte[] handle = new byte[0];
  int count;
  String origin = "http://localhost:8484";
  String party = "localhost";
  boolean verified = true;
  boolean crossOrigin;
  String typeOfAssertion = "webauthn.get";

  /** PublicKeyCredential.toJSON() of navigator.credentials.create(). */
  String register(String challenge) {
    ObjectNode response = JSON.createObjectNode();
    response.put("clientDataJSON", base64(clientData("webauthn.create", challenge)));
    response.put("attestationObject", base64(attestation(authenticatorData(true))));
    response.putArray("transports").add("internal").add("hybrid");
    return credential(response);
  }

  /** PublicKeyCredential.toJSON() of navigator.credentials.get(). */
  String sign(String challenge) {
    byte[] clientData = clientData(typeOfAssertion, challenge);
    byte[] data = authenticatorData(false);
    ObjectNode response = JSON.createObjectNode();
    response.put("clientDataJSON", base64(clientData));
    response.put("authenticatorData", base64(data));
    response.put("signature", base64(signature(concat(data, sha256(clientData)))));
    response.put("userHandle", base64(handle));
    return credential(response);
  }

  private String credential(ObjectNode response) {
    ObjectNode credential = JSON.createObjectNode();
    credential.put("id", base64(id)).put("rawId", base64(id)).put("type", "public-key");
    credential.put("authenticatorAttachment", "platform");
    credential.putObject("clientExtensionResults");
    credential.set("response", response);
    return credential.toString();
  }

  private byte[] clientData(String type, String challenge) {
    return JSON.valueToTree(
            Map.of(
                "type", type, "challenge", challenge, "origin", origin, "crossOrigin", crossOrigin))
        .toString()
        .getBytes(UTF_8);
  }

  /** Section 6.1. */
  private byte[] authenticatorData(boolean attested) {
    int flags = PRESENT | ELIGIBLE | (verified ? VERIFIED : 0) | (attested ? ATTESTED : 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(sha256(party.getBytes(UTF_8)));
    out.write(flags);
    out.writeBytes(ByteBuffer.allocate(4).putInt(count).array());
    if (attested) {
      out.writeBytes(new byte[16]);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) id.length).array());
      out.writeBytes(id);
      out.writeBytes(coseKey());
    }
    return out.toByteArray();
  }

  /** {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}. */
  private byte[] coseKey() {
    ECPublicKey point = (ECPublicKey) key.getPublic();
    byte[] head = {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32};
    return concat(
        concat(head, coordinate(point.getW().getAffineX())),
        concat(new byte[] {0x22, 0x58, 32}, coordinate(point.getW().getAffineY())));
  }

  /** {"fmt": "none", "attStmt": {}, "authData": data}. */
  private static byte[] attestation(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xa3);
    out.writeBytes(text("fmt"));
    out.writeBytes(text("none"));
    out.writeBytes(text("attStmt"));
    out.write(0xa0);
    out.writeBytes(text("authData"));
    out.write(0x58);
    out.write(data.length);
    out.writeBytes(data);
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    return concat(new byte[] {(byte) (0x60 + text.length())}, text.getBytes(UTF_8));
  }

  private byte[] signature(byte[] data) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key.getPrivate());
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static byte[] concat(byte[] one, byte[] two) {
    return ByteBuffer.allocate(one.length + two.length).put(one).put(two).array();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair freshKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
