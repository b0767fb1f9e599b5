// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.testkit.SshHome;
import java.net.URI;
import java.util.Base64;

/** A program of somebody who was just invited: with a pair of tokens for a signature. */
final class ProgramOf implements AutoCloseable {
  private final SshHome home = new SshHome();
  private final ApiClient stranger;
  private final String invitation;
  private final JsonNode pair;

  private ProgramOf(Coffer coffer) {
    stranger = ApiClient.stranger(coffer);
    invitation = invite(ApiClient.signedIn(coffer));
    Reply joined = stranger.join(invitation, "guest" + System.nanoTime(), home);
    assertThat(joined.status()).as(joined.toString()).isEqualTo(201);
    JsonNode challenge = made("/api/sign-in/ssh-key/challenges", "{}");
    pair = made("/api/sign-in/tokens/ssh-key", ApiClient.signed(challenge, home));
  }

  static ProgramOf somebodyNew(Coffer coffer) {
    return new ProgramOf(coffer);
  }

  private static String invite(ApiClient owner) {
    Reply sent = owner.send(owner.post("/api/invitations", "{\"role\":\"member\"}"));
    assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
    return URI.create(sent.json().path("link").asText()).getFragment();
  }

  private JsonNode made(String path, String json) {
    Reply reply = stranger.send(stranger.post(path, json));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json();
  }

  /** What somebody who shows this token is answered; sent from no page. */
  static Reply holding(Coffer coffer, String token, String method, String path) {
    ApiClient stranger = ApiClient.stranger(coffer);
    return stranger.send(
        Request.of(method, path)
            .with("Host", URI.create(stranger.origin()).getAuthority())
            .with("Authorization", "Bearer " + token));
  }

  String invitation() {
    return invitation;
  }

  String accessToken() {
    return pair.path("accessToken").asText();
  }

  /** The access token's header as JSON. */
  String header() {
    return new String(Base64.getUrlDecoder().decode(accessToken().split("\\.")[0]), UTF_8);
  }

  String refreshToken() {
    return pair.path("refreshToken").asText();
  }

  /** Spends it; the next one. */
  String refreshed() {
    String body = "{\"refreshToken\":\"" + refreshToken() + "\"}";
    return made("/api/sign-in/tokens", body).path("refreshToken").asText();
  }

  @Override
  public void close() {
    home.close();
  }
}
