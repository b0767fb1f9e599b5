// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Issues access tokens as auth-service does, with a key of its own, and publishes that key. */
public final class TokenIssuer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY_ID = "access-token-v1";

  private final KeyPair keys = newKeys();
  private final HttpServer http;
  private final Set<String> over = ConcurrentHashMap.newKeySet();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile boolean mute;

  private TokenIssuer(HttpServer http) {
    this.http = http;
  }

  public static TokenIssuer start() {
    try {
      TokenIssuer issuer =
          new TokenIssuer(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      issuer.serve();
      return issuer;
    } catch (IOException e) {
      throw new TestkitException("no issuer", e);
    }
  }

  private void serve() {
    byte[] body = json(Map.of("keys", List.of(jwk(keys)))).getBytes(UTF_8);
    http.createContext(
        "/.well-known/jwks.json",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(mute ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    http.createContext("/internal/over", this::over);
    http.start();
  }

  /** Which of the sign-ins that somebody asks about have ended. */
  private void over(HttpExchange exchange) throws IOException {
    List<String> ended = new ArrayList<>();
    JSON.readTree(exchange.getRequestBody())
        .path("signIns")
        .forEach(
            id -> {
              questions.incrementAndGet();
              if (over.contains(id.asText())) {
                ended.add(id.asText());
              }
            });
    byte[] body = json(Map.of("ended", ended)).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(mute ? 503 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** The sign-in of this id has ended; nobody is told who does not ask. */
  public void end(String signIn) {
    over.add(signIn);
  }

  /** How many sign-ins were asked about until now. */
  public int questions() {
    return questions.get();
  }

  /** Answers no more questions about keys and sign-ins, or does again. */
  public void setMute(boolean isMute) {
    mute = isMute;
  }

  /** Where auth-service would be. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** A token that a service must take, a member's. */
  public String token(String user, String audience) {
    return signed(header(), claims(user, audience));
  }

  /** For somebody with this role. */
  public String token(String user, String audience, String role) {
    Map<String, Object> claims = claims(user, audience);
    claims.put("role", role);
    return signed(header(), claims);
  }

  /** For a member's program with an API key. */
  public String programToken(String user, String audience, String scope) {
    Map<String, Object> claims = claims(user, audience);
    claims.put("scope", scope);
    return signed(header(), claims);
  }

  /** Of a good token, to be spoilt. */
  public Map<String, Object> header() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "ES256");
    header.put("typ", "at+jwt");
    header.put("kid", KEY_ID);
    return header;
  }

  /** Of a good token, to be spoilt. */
  public Map<String, Object> claims(String user, String audience) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "cofferdam");
    claims.put("sub", user);
    claims.put("aud", audience);
    claims.put("sid", UUID.randomUUID().toString());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("role", "member");
    claims.put("amr", List.of("link"));
    claims.put("cred", "");
    claims.put("quota", "1000 64 1125899906842624");
    claims.put("iat", now);
    claims.put("exp", now + 300);
    return claims;
  }

  /** Signed with the published key, whatever it says. */
  public String signed(Map<String, Object> header, Map<String, Object> claims) {
    return signed(header, claims, keys.getPrivate());
  }

  static String signed(Map<String, Object> header, Map<String, Object> claims, PrivateKey key) {
    String text = text(header, claims);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key);
      signature.update(text.getBytes(UTF_8));
      return text + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new TestkitException("can't sign", e);
    }
  }

  static String text(Map<String, Object> header, Map<String, Object> claims) {
    return base64(json(header).getBytes(UTF_8)) + "." + base64(json(claims).getBytes(UTF_8));
  }

  ECPublicKey publicKey() {
    return (ECPublicKey) keys.getPublic();
  }

  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new TestkitException("no P-256", e);
    }
  }

  static Map<String, Object> jwk(KeyPair keys) {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kty", "EC");
    jwk.put("crv", "P-256");
    jwk.put("use", "sig");
    jwk.put("alg", "ES256");
    jwk.put("kid", KEY_ID);
    jwk.put("x", coordinate(key.getW().getAffineX()));
    jwk.put("y", coordinate(key.getW().getAffineY()));
    return jwk;
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[32 + bytes.length];
    System.arraycopy(bytes, 0, padded, 32, bytes.length);
    return base64(Arrays.copyOfRange(padded, padded.length - 32, padded.length));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String json(Map<String, Object> members) {
    try {
      return JSON.writeValueAsString(members);
    } catch (IOException e) {
      throw new TestkitException("not for JSON", e);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
