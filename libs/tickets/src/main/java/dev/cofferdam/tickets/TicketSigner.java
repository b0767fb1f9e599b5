// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** Signs tickets. Only session-service has one. */
public final class TicketSigner {
  static final String HEADER = "{\"alg\":\"EdDSA\",\"typ\":\"coffer-ticket+jwt\"}";
  static final String ENCODED_HEADER = base64Url(HEADER.getBytes(UTF_8));

  private final PrivateKey key;

  /**
   * @param key an Ed25519 key, see {@link TicketKeys#privateKey}
   */
  public TicketSigner(PrivateKey key) {
    this.key = key;
  }

  /** The compact form, some 600 ASCII characters. A bearer credential: never log it. */
  public String sign(Ticket ticket) {
    String signed = ENCODED_HEADER + "." + base64Url(TicketCodec.encode(ticket));
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(signed.getBytes(US_ASCII));
      return signed + "." + base64Url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot sign with this key", e);
    }
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
