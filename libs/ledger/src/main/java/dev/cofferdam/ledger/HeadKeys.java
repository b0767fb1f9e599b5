// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public keys of P-256 that verify heads, oldest first: that is their version, from 1. */
public final class HeadKeys {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
  private static final int P256_BITS = 256;

  private final List<PublicKey> keys;

  private HeadKeys(List<PublicKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * @param pem one or more blocks {@code PUBLIC KEY} (RFC 7468 section 13)
   * @throws IllegalArgumentException if there is none, or one of another kind
   */
  public static HeadKeys parse(String pem) {
    List<PublicKey> keys = new ArrayList<>();
    Matcher blocks = PEM.matcher(pem);
    while (blocks.find()) {
      keys.add(key(blocks.group(1)));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no public key in it");
    }
    return new HeadKeys(keys);
  }

  private static PublicKey key(String base64) {
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(base64.getBytes(US_ASCII));
      PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
      if (key instanceof ECPublicKey ec
          && ec.getParams().getCurve().getField().getFieldSize() == P256_BITS) {
        return key;
      }
      throw new IllegalArgumentException("it is no key of P-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("it is no key of P-256", e);
    }
  }

  /** Whether one of these keys signed it, the one that it names; base64 has one spelling here. */
  public boolean hasSigned(Head head) {
    byte[] signed = Head.signed(head.size(), head.at(), head.root());
    return hasSigned(signed, head.keyVersion(), head.signature());
  }

  /** The same of the end of an export. */
  public boolean hasSigned(End end) {
    byte[] signed = End.signed(end.size(), end.at(), end.root());
    return hasSigned(signed, end.keyVersion(), end.signature());
  }

  private boolean hasSigned(byte[] signed, int keyVersion, String text) {
    if (keyVersion > keys.size()) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("SHA256withECDSA");
      check.initVerify(keys.get(keyVersion - 1));
      check.update(signed);
      byte[] signature = Base64.getDecoder().decode(text);
      return check.verify(signature) && Base64.getEncoder().encodeToString(signature).equals(text);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
