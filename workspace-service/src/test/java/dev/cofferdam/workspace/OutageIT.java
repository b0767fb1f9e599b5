// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A part that is down is said within five seconds, and its coming back needs nobody. */
@QuarkusTest
@QuarkusTestResource(WorkspaceServers.class)
class OutageIT {
  private static final Eventually BACK = Eventually.within(Duration.ofSeconds(10));

  Servers servers;
  TokenIssuer issuer;
  Person owner;
  String id;

  @BeforeEach
  void make() {
    owner = new Person(issuer);
    id = owner.create("here");
  }

  @Test
  void withASealedVaultNothingIsGrantedMadeOrShredded() {
    servers.vault().seal();
    try {
      sealed(() -> owner.grant(servers, id));
      sealed(() -> owner.post("/workspaces", Map.of("name", "new")));
      sealed(() -> owner.delete("/workspaces/" + id, Map.of("name", "here")));
      assertThat(owner.get("/workspaces/" + id).statusCode()).isEqualTo(200);
    } finally {
      servers.vault().unseal();
    }
    BACK.until("grants again", () -> owner.grant(servers, id).statusCode() == 200);
    owner.create("new");
  }

  @Test
  void aVaultThatDiedComesBack() {
    servers.vault().kill();
    try {
      unavailable(() -> owner.grant(servers, id));
    } finally {
      servers.vault().restart();
      servers.vault().unseal();
    }
    BACK.until("grants again", () -> owner.grant(servers, id).statusCode() == 200);
  }

  @Test
  void aVaultThatHangsIsNotWaitedFor() {
    servers.vault().freeze();
    try {
      unavailable(() -> owner.grant(servers, id));
    } finally {
      servers.vault().thaw();
    }
    BACK.until("grants again", () -> owner.grant(servers, id).statusCode() == 200);
  }

  @Test
  void withoutADatabaseItSaysSo() {
    servers.postgres().stop();
    try {
      unavailable(() -> owner.get("/workspaces"));
      unavailable(() -> owner.grant(servers, id));
      unavailable(() -> owner.post("/workspaces", Map.of("name", "new")));
    } finally {
      servers.postgres().restart();
    }
    BACK.until("there again", () -> owner.get("/workspaces/" + id).statusCode() == 200);
  }

  @Test
  void withoutABrokerEverythingWorksAndEventsComeLater() {
    servers.kafka().kill();
    String late;
    try {
      late = owner.create("late");
      assertThat(owner.grant(servers, late).statusCode()).isEqualTo(200);
      assertThat(owner.delete("/workspaces/" + id, Map.of("name", "here")).statusCode())
          .isEqualTo(200);
    } finally {
      servers.kafka().restart();
    }
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.workspace.v1")) {
      news.await(1, Duration.ofSeconds(30), event -> event.contains(late));
    }
  }

  private static void sealed(Supplier<Response> call) {
    assertThat(unavailable(call).<String>path("detail")).contains("Vault is sealed", "./coffer up");
  }

  private static Response unavailable(Supplier<Response> call) {
    Instant before = Instant.now();
    Response answer = call.get();
    Answers.refused(answer, 503, "unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    return answer;
  }
}
