// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.terminal.protocol.Limits;
import dev.cofferdam.testkit.SshHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody is invited, comes with an SSH key, works, and is shown out. */
@ExtendWith(SharedCoffer.class)
class PeopleIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void isInvitedComesWithAKeyAndIsShownOut(Coffer coffer) {
    ApiClient owner = ApiClient.signedIn(coffer);
    String foreign = owner.createWorkspace("owners-" + UUID.randomUUID());
    try (SshHome home = new SshHome()) {
      String person = Guests.accept(coffer, Guests.invite(owner), home);
      ApiClient guest = ApiClient.signedIn(coffer, home);
      assertThat(guest.read("/api/me").at("/user/role").asText()).isEqualTo("member");
      assertThat(guest.send(guest.get("/api/workspaces/" + foreign)).status()).isEqualTo(404);
      assertThat(guest.send(guest.post("/api/workspaces/" + foreign + "/unlock", "{}")).status())
          .isEqualTo(404);
      assertThat(guest.send(guest.get("/api/people")).status()).isEqualTo(403);
      String session = guest.unlock(guest.createWorkspace("guests-" + UUID.randomUUID()));
      try (Line line =
          Line.attach(guest, session, guest.createTerminal(session), Limits.NO_OFFSET)) {
        Await.until("attached", SOON, () -> !line.frames().isEmpty());
        Guests.revokeKey(owner, person, home.fingerprint());
        assertThat(line.awaitClosed(AT_ONCE)).isEqualTo(1008);
      }
      assertThat(guest.send(guest.get("/api/me")).status()).isEqualTo(401);
      Reply again = guest.signIn(home);
      assertThat(again.status()).isEqualTo(401);
      assertThat(again.slug()).isEqualTo("key-not-registered");
    }
  }

  @Test
  void hasAWorkspaceLockedByAnOwnerOfTheServer(Coffer coffer) {
    ApiClient owner = ApiClient.signedIn(coffer);
    try (SshHome home = new SshHome()) {
      String person = Guests.accept(coffer, Guests.invite(owner), home);
      ApiClient guest = ApiClient.signedIn(coffer, home);
      String session = guest.unlock(guest.createWorkspace("guests-" + UUID.randomUUID()));
      try (Line line =
          Line.attach(guest, session, guest.createTerminal(session), Limits.NO_OFFSET)) {
        Await.until("attached", SOON, () -> !line.frames().isEmpty());
        assertThat(openOf(owner)).containsEntry(session, person);
        assertThat(guest.send(guest.get("/api/open-sessions")).status()).isEqualTo(403);
        assertThat(owner.lock(session).json().path("reason").asText()).isEqualTo("admin");
        assertThat(line.awaitClosed(AT_ONCE)).isEqualTo(4423);
      }
      assertThat(openOf(owner)).doesNotContainKey(session);
    }
  }

  @Test
  void haveAProgramOfTheirOwnThatDoesWhatTheyMay(Coffer coffer) {
    ApiClient stranger = ApiClient.stranger(coffer);
    try (SshHome home = new SshHome()) {
      Guests.accept(coffer, Guests.invite(ApiClient.signedIn(coffer)), home);
      Reply asked = stranger.send(stranger.post("/api/sign-in/ssh-key/challenges", "{}"));
      String signed = ApiClient.signed(asked.json(), home);
      Reply pair = stranger.send(stranger.post("/api/sign-in/tokens/ssh-key", signed));
      String token = pair.json().path("accessToken").asText();

      String name = "{\"name\":\"programs-" + UUID.randomUUID() + "\"}";
      Reply made = byToken(stranger, token, "POST", "/api/workspaces", name);
      String workspace = "/api/workspaces/" + made.json().path("id").asText();
      Reply unlocked = byToken(stranger, token, "POST", workspace + "/unlock", "{}");
      assertThat(unlocked.text()).contains("\"ACTIVE\"");
      Reply open = byToken(stranger, token, "GET", "/api/sessions", "");
      String session = "/api/sessions/" + open.json().path(0).path("id").asText();
      assertThat(byToken(stranger, token, "POST", session + "/terminals", "{}").status())
          .isEqualTo(201);
      Reply locked = byToken(stranger, token, "POST", session + "/lock", "{}");
      assertThat(locked.json().path("reason").asText()).isEqualTo("user");
    }
  }

  /** What is written there is run as it is, with another origin. */
  @Test
  void signAProgramInByTheLinesOfTheDocumentation(Coffer coffer) throws IOException {
    String page = Files.readString(Path.of("../docs/sign-in-by-ssh-key.md"));
    String lines = page.substring(page.indexOf("```sh") + 5, page.lastIndexOf("```"));
    try (SshHome home = new SshHome()) {
      String person = Guests.accept(coffer, Guests.invite(ApiClient.signedIn(coffer)), home);
      String printed = home.shell(lines.replace("https://coffer.example.org", coffer.origin()));
      String token = new ObjectMapper().readTree(printed).path("accessToken").asText();
      Reply me = byToken(ApiClient.stranger(coffer), token, "GET", "/api/me", "");
      assertThat(me.json().at("/user/id").asText()).isEqualTo(person);
    }
  }

  /** As a program sends it: with its token, from no page. */
  private static Reply byToken(
      ApiClient stranger, String token, String method, String path, String json) {
    Request request =
        Request.of(method, path)
            .with("Host", URI.create(stranger.origin()).getAuthority())
            .with("Authorization", "Bearer " + token);
    return stranger.send(
        json.isEmpty() ? request : request.with("Content-Type", "application/json").body(json));
  }

  private static Map<String, String> openOf(ApiClient owner) {
    Map<String, String> whose = new HashMap<>();
    for (JsonNode open : owner.read("/api/open-sessions")) {
      whose.put(open.path("id").asText(), open.path("userId").asText());
    }
    return whose;
  }
}
