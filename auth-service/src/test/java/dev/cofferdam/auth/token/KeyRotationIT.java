// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.auth.AuthServers;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.vault.VaultJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule J1: the key of access tokens is renewed, and nobody is signed out by that. */
@QuarkusTest
@QuarkusTestResource(AuthServers.class)
class KeyRotationIT {
  @Inject VaultJson vault;
  @Inject ObjectMapper json;

  @ConfigProperty(name = "coffer.token.issuer")
  String issuer;

  Servers servers;
  private Instant now = Instant.now();
  private SigningKey key;
  private AccessTokens tokens;
  private OwnTokens verifying;

  @BeforeEach
  void everybodyHasHeardOfWhatThereIs() {
    startAt(Instant.now().plus(SigningKey.RIPE));
  }

  /** A replica that has just started; Vault's own clock is always the real one. */
  private void startAt(Instant time) {
    now = time;
    key = new SigningKey(vault, () -> now);
    tokens = new AccessTokens(vault, key, json, issuer);
    verifying = new OwnTokens(key, issuer);
  }

  private void rotate() {
    int status =
        servers
            .vault()
            .administrator()
            .write("transit/keys/access-token/rotate", Map.of())
            .status();
    assertThat(status).isIn(200, 204);
  }

  private record Signed(String token, UUID signIn) {}

  private Signed sign() {
    UUID signIn = UUID.randomUUID();
    AccessTokens.Bearer bearer =
        new AccessTokens.Bearer(UserId.random(), Role.MEMBER, signIn, "link", "", Optional.empty());
    return new Signed(tokens.issueForGateway(bearer).token(), signIn);
  }

  private static int version(Signed signed) {
    String header =
        new String(
            Base64.getUrlDecoder().decode(signed.token().split("\\.", -1)[0]),
            java.nio.charset.StandardCharsets.US_ASCII);
    return Integer.parseInt(header.replaceFirst(".*access-token-v([0-9]+).*", "$1"));
  }

  private List<Integer> published() {
    return new JwksResource(key)
        .keys().values().stream()
            .flatMap(all -> ((List<?>) all).stream())
            .map(jwk -> ((Map<?, ?>) jwk).get("kid").toString())
            .map(id -> Integer.parseInt(id.substring(id.lastIndexOf('v') + 1)))
            .toList();
  }

  @Test
  void duringTheOverlapTokensOfTheOldAndOfTheNewVersionAreGood() {
    Signed old = sign();
    int before = version(old);

    rotate();
    startAt(Instant.now());
    Signed meanwhile = sign();
    assertThat(published()).startsWith(before + 1, before);
    assertThat(version(meanwhile)).as("others may not know it").isLessThanOrEqualTo(before);

    now = now.plus(SigningKey.RIPE).plusSeconds(1);
    Signed fresh = sign();
    assertThat(version(fresh)).isEqualTo(before + 1);
    for (Signed signed : List.of(old, meanwhile, fresh)) {
      assertThat(verifying.ofGateway(signed.token()).map(OwnTokens.OfGateway::signIn))
          .contains(signed.signIn());
    }
  }

  @Test
  void theLastVersionsArePublishedTheNewestFirst() {
    Signed old = sign();
    int before = version(old);
    for (int i = 0; i < SigningKey.PUBLISHED; i++) {
      rotate();
    }
    startAt(Instant.now().plus(SigningKey.RIPE));
    assertThat(published()).containsExactly(before + 3, before + 2, before + 1);
    assertThat(version(sign())).isEqualTo(before + 3);
    assertThat(verifying.ofGateway(old.token())).as("of a key that was withdrawn").isEmpty();
  }
}
