// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that no service may take (RFC 8725), each with what is wrong with it. */
public final class TokenAttacks {
  private final TokenIssuer issuer;
  private final String audience;
  private final String user = UUID.randomUUID().toString();
  private final Map<String, String> all = new LinkedHashMap<>();

  private TokenAttacks(TokenIssuer issuer, String audience) {
    this.issuer = issuer;
    this.audience = audience;
  }

  /**
   * @param audience the service that is attacked
   * @return tokens by what is wrong with them
   */
  public static Map<String, String> on(TokenIssuer issuer, String audience) {
    TokenAttacks attacks = new TokenAttacks(issuer, audience);
    attacks.otherAlgorithms();
    attacks.otherKeys();
    attacks.otherClaims();
    attacks.garbage();
    return attacks.all;
  }

  private Map<String, Object> claims() {
    return issuer.claims(user, audience);
  }

  private Map<String, Object> header(String name, Object value) {
    Map<String, Object> header = issuer.header();
    header.put(name, value);
    return header;
  }

  private void otherAlgorithms() {
    for (String none : List.of("none", "None", "NONE", "")) {
      all.put("alg '" + none + "'", TokenIssuer.text(header("alg", none), claims()) + ".");
    }
    all.put("alg none without its dot", TokenIssuer.text(header("alg", "none"), claims()));
    String text = TokenIssuer.text(header("alg", "HS256"), claims());
    byte[] der = issuer.publicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    all.put("HS256 with the public key as DER", text + "." + hmac(der, text));
    all.put("HS256 with the public key as PEM", text + "." + hmac(pem.getBytes(US_ASCII), text));
    all.put("an ES256 signature that says RS256", issuer.signed(header("alg", "RS256"), claims()));
  }

  private static String hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return TokenIssuer.base64(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new TestkitException("no HMAC", e);
    }
  }

  private void otherKeys() {
    KeyPair mine = TokenIssuer.newKeys();
    all.put(
        "the key of somebody else",
        TokenIssuer.signed(issuer.header(), claims(), mine.getPrivate()));
    all.put(
        "a key in its header",
        TokenIssuer.signed(header("jwk", TokenIssuer.jwk(mine)), claims(), mine.getPrivate()));
    try (TokenIssuer other = TokenIssuer.start()) {
      String url = other.address() + "/.well-known/jwks.json";
      all.put("a key at an address in its header", other.signed(header("jku", url), claims()));
    }
    all.put("a key id that is not known", issuer.signed(header("kid", "other"), claims()));
    all.put(
        "an all-zero signature",
        TokenIssuer.text(issuer.header(), claims()) + "." + TokenIssuer.base64(new byte[64]));
    String good = issuer.token(user, audience);
    String other = issuer.token(UUID.randomUUID().toString(), audience);
    all.put(
        "claims of one and signature of another",
        other.substring(0, other.lastIndexOf('.')) + good.substring(good.lastIndexOf('.')));
    all.put("no signature", good.substring(0, good.lastIndexOf('.') + 1));
  }

  private void otherClaims() {
    long now = Instant.now().getEpochSecond();
    claim("for another service", c -> c.put("aud", "other-service"));
    claim("for nobody", c -> c.remove("aud"));
    claim("of another issuer", c -> c.put("iss", "https://evil.example"));
    claim("of no issuer", c -> c.remove("iss"));
    claim("expired", c -> c.put("exp", now - 120));
    claim("without an end", c -> c.remove("exp"));
    claim("of nobody", c -> c.remove("sub"));
    claim("of somebody who is no id", c -> c.put("sub", "../admin"));
    claim("of no browser session", c -> c.remove("sid"));
    claim("not good before tomorrow", c -> c.put("nbf", now + 86_400));
    all.put("no access token", issuer.signed(header("typ", "JWT"), claims()));
    Map<String, Object> untyped = issuer.header();
    untyped.remove("typ");
    all.put("no type", issuer.signed(untyped, claims()));
    Map<String, Object> critical = header("crit", List.of("exp2"));
    critical.put("exp2", 1);
    all.put("a critical header that nobody knows", issuer.signed(critical, claims()));
  }

  private void claim(String what, Consumer<Map<String, Object>> spoil) {
    Map<String, Object> claims = claims();
    spoil.accept(claims);
    all.put(what, issuer.signed(issuer.header(), claims));
  }

  private void garbage() {
    all.put("garbage", "garbage");
    all.put("dots", "..");
    all.put("base64 of nothing", "e30.e30.e30");
    all.put("not base64", "!.!.!");
    all.put("long", "a".repeat(6000));
    // Decoders that are kind would read the same bytes in these.
    String good = issuer.token(user, audience);
    all.put(
        "a foreign letter in the signature",
        good.substring(0, good.length() - 5) + "`" + good.substring(good.length() - 5));
    all.put("padding", good + "==");
    all.put(
        "bits that say nothing",
        good.substring(0, good.length() - 1) + next(good.charAt(good.length() - 1)));
  }

  /** The letter of base64url that differs in the lowest bit only. */
  private static char next(char letter) {
    return (char) (letter + 1);
  }
}
