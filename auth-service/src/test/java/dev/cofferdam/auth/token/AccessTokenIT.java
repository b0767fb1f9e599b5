// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.token;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.auth.Caller;
import dev.cofferdam.testkit.Servers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class AccessTokenIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  Servers servers;
  Caller gateway;
  String secret;

  @BeforeEach
  void signIn() {
    gateway = Caller.of(servers, "gateway");
    secret = gateway.signIn(Caller.of(servers, "stack").newLink()).path("browserSession.secret");
  }

  @Test
  void isSignedByTheKeyThatIsPublished() throws Exception {
    String token = issue("session-service").path("accessToken");
    JsonNode header = part(token, 0);
    assertThat(header.path("alg").asText()).isEqualTo("ES256");
    assertThat(header.path("typ").asText()).isEqualTo("at+jwt");
    assertThat(header.size()).isEqualTo(3);
    JsonNode key = publishedKey(header.path("kid").asText());
    assertThat(key.has("d")).isFalse();
    assertThat(verifies(token, key)).isTrue();
    String other = issue("session-service").path("accessToken");
    assertThat(verifies(head(other) + tail(token), key)).isFalse();
  }

  @Test
  void saysForWhomAndForHowLong() throws Exception {
    Response answer = issue("workspace-service");
    JsonNode claims = part(answer.path("accessToken"), 1);
    assertThat(claims.path("iss").asText()).isEqualTo("cofferdam");
    assertThat(claims.path("aud").asText()).isEqualTo("workspace-service");
    assertThat(claims.path("sub").asText()).isEqualTo(answer.path("user.id"));
    assertThat(claims.path("sid").asText()).isEqualTo(answer.path("signIn"));
    assertThat(claims.path("role").asText()).isEqualTo("owner");
    assertThat(claims.path("amr").path(0).asText()).isEqualTo("link");
    assertThat(claims.path("cred").asText()).isEmpty();
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
    assertThat(Instant.parse(answer.path("expiresAt")).getEpochSecond())
        .isEqualTo(claims.path("exp").asLong());
    assertThat(Instant.parse(answer.path("signInExpiresAt")))
        .isBetween(Instant.now().plusSeconds(11 * 3600), Instant.now().plusSeconds(12 * 3600));
  }

  @Test
  void hasAnIdOfItsOwn() throws Exception {
    String one = issue("session-service").path("accessToken");
    String two = issue("session-service").path("accessToken");
    assertThat(part(one, 1).path("jti")).isNotEqualTo(part(two, 1).path("jti"));
  }

  @Test
  void isIssuedForKnownServicesOnly() {
    for (String audience : List.of("", "auth", "terminal-gateway", "*", "session-service ")) {
      Response answer = gateway.token(secret, audience);
      assertThat(answer.statusCode()).as(audience).isEqualTo(400);
      assertThat(answer.<String>path("errors[0].field")).isEqualTo("audience");
    }
  }

  @Test
  void isNotIssuedForSecretsThatNobodyKnows() {
    assertThat(gateway.token("A".repeat(43), "session-service").statusCode()).isEqualTo(401);
    assertThat(gateway.token("A", "session-service").statusCode()).isEqualTo(400);
    assertThat(gateway.post("/internal/tokens", Map.of("audience", "session-service")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void opensAuthServicesOwnRoutesOnlyWhenItIsForThem() {
    String token = issue("auth-service").path("accessToken");
    assertThat(me(token).statusCode()).isEqualTo(200);
    assertThat(me(token).<String>path("role")).isEqualTo("owner");
    for (String other :
        List.of(
            issue("session-service").<String>path("accessToken"),
            head(token) + tail(issue("auth-service").path("accessToken")),
            token.substring(0, token.lastIndexOf('.') + 1),
            unsigned(token))) {
      assertThat(me(other).statusCode()).as(other).isEqualTo(401);
      assertThat(me(other).contentType()).isEqualTo("application/problem+json");
    }
  }

  private static Response me(String token) {
    return given().header("Authorization", "Bearer " + token).get("/me");
  }

  /** RFC 8725 section 3.1. */
  private static String unsigned(String token) {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(US_ASCII));
    return header + head(token).substring(token.indexOf('.')) + ".";
  }

  private Response issue(String audience) {
    Response answer = gateway.token(secret, audience);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private static JsonNode publishedKey(String id) throws IOException {
    String body = given().get("/.well-known/jwks.json").then().statusCode(200).extract().asString();
    for (JsonNode key : JSON.readTree(body).path("keys")) {
      if (key.path("kid").asText().equals(id)) {
        return key;
      }
    }
    throw new AssertionError("no key " + id + " in " + body);
  }

  private static boolean verifies(String token, JsonNode jwk) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
    PublicKey key =
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(key);
    signature.update(head(token).getBytes(US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(tail(token).substring(1)));
  }

  private static BigInteger number(JsonNode jwk, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path(name).asText()));
  }

  private static JsonNode part(String token, int index) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[index]));
  }

  private static String head(String token) {
    return token.substring(0, token.lastIndexOf('.'));
  }

  private static String tail(String token) {
    return token.substring(token.lastIndexOf('.'));
  }
}
