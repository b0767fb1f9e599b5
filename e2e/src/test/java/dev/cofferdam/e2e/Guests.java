// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.testkit.SshHome;
import java.net.URI;

/** People who are invited, come with an SSH key, and are shown out. */
final class Guests {
  private Guests() {}

  /** The invitation's token, out of its link. */
  static String invite(ApiClient owner) {
    Reply sent = owner.send(owner.post("/api/invitations", "{\"role\":\"member\"}"));
    assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
    String link = sent.json().path("link").asText();
    assertThat(link).startsWith(owner.origin() + "/invitation#");
    return URI.create(link).getFragment();
  }

  /** Their id. */
  static String accept(Coffer coffer, String token, SshHome home) {
    ApiClient stranger = ApiClient.stranger(coffer);
    Reply joined = stranger.join(token, "guest" + System.nanoTime(), home);
    assertThat(joined.status()).as(joined.toString()).isEqualTo(201);
    assertThat(joined.json().path("fingerprint").asText()).isEqualTo(home.fingerprint());
    String shown = "{\"token\":\"" + token + "\"}";
    assertThat(stranger.send(stranger.post("/api/sign-in/invitation/challenges", shown)).status())
        .isEqualTo(410);
    return joined.json().at("/user/id").asText();
  }

  /** The one key that they have. */
  static void revokeKey(ApiClient owner, String person, String fingerprint) {
    String keys = "/api/people/" + person + "/ssh-keys";
    for (JsonNode key : owner.read(keys)) {
      assertThat(key.path("fingerprint").asText()).isEqualTo(fingerprint);
      String path = keys + "/" + key.path("id").asText();
      assertThat(owner.send(owner.changing("DELETE", path, "{}")).status()).isEqualTo(204);
    }
  }
}
