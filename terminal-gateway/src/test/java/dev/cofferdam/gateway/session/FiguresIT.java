// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.HostRequest;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What changes all the time in an open session, and who may see it. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class FiguresIT {
  /** Leases are renewed every second here; boxes are measured every two at most. */
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(15));

  Stage stage;

  private static Optional<JsonNode> figures(TestBrowser who, String session) {
    return TestBrowser.json(who.get("/api/session-figures").body())
        .valueStream()
        .filter(one -> one.path("id").asText().equals(session))
        .findFirst();
  }

  private static boolean shows(TestBrowser who, String session, String field, long value) {
    return figures(who, session).filter(one -> one.path(field).asLong(-1) == value).isPresent();
  }

  @Test
  void areShownToItsOwnerAndToThoseWhoOversee() {
    TestBrowser member = stage.browserOf(Role.MEMBER);
    String workspace = stage.workspaceOf(member.user());
    String session = member.open(workspace);
    Box box = stage.host().boxOf(WorkspaceId.parse(workspace));
    stage.host().agentOf(box.workspace()).setDoing(75, 3);
    stage.host().setUse(box.sandbox(), 200_000_000, 5_000_000);

    for (TestBrowser who : new TestBrowser[] {member, stage.browserOf(Role.ADMIN)}) {
      SOON.until("its terminals", () -> shows(who, session, "terminals", 3));
      SOON.until("its memory", () -> shows(who, session, "memoryBytes", 200_000_000));
      SOON.until("its CPU", () -> shows(who, session, "cpuPercent", 0));
      JsonNode shown = figures(who, session).orElseThrow();
      assertThat(shown.path("idleSeconds").asInt()).isBetween(75, 95);
    }
    assertThat(figures(stage.browserOf(Role.MEMBER), session)).isEmpty();
  }

  /** It is session-service that tells of a look at what is others'. */
  @Test
  void ofOthersAreShownOnlyWhereTheLookIsToldOf() {
    TestBrowser member = stage.browserOf(Role.MEMBER);
    String session = member.open(stage.workspaceOf(member.user()));
    int before = looks();
    assertThat(figures(member, session)).isPresent();
    assertThat(looks()).isEqualTo(before);
    TestBrowser admin = stage.browserOf(Role.ADMIN);
    assertThat(figures(admin, session)).isPresent();
    assertThat(looks()).isEqualTo(before + 1);
    stage.sessions().setDown(true);
    try {
      assertThat(admin.get("/api/session-figures").statusCode()).isEqualTo(503);
      assertThat(figures(member, session)).isPresent();
    } finally {
      stage.sessions().setDown(false);
    }
  }

  private int looks() {
    return stage.sessions().callsTo("/open-sessions").size();
  }

  @Test
  void countATerminalAtOnce() {
    TestBrowser member = stage.browserOf(Role.MEMBER);
    String workspace = stage.workspaceOf(member.user());
    String session = member.open(workspace);
    stage.host().agentOf(WorkspaceId.parse(workspace)).setDoing(0, 0);
    SOON.until("no terminal", () -> shows(member, session, "terminals", 0));
    stage.host().agentOf(WorkspaceId.parse(workspace)).setDoing(0, 1);
    member.post("/api/sessions/" + session + "/terminals", "{}");
    assertThat(figures(member, session).orElseThrow().path("terminals").asInt()).isEqualTo(1);
  }

  @Test
  void areNullWhereNobodyCanTell() {
    TestBrowser member = stage.browserOf(Role.MEMBER);
    String session = member.open(stage.workspaceOf(member.user()));
    JsonNode shown = figures(member, session).orElseThrow();
    for (String field : new String[] {"idleSeconds", "terminals", "cpuPercent", "memoryBytes"}) {
      assertThat(shown.path(field).isNull()).as(field).isTrue();
    }
  }

  @Test
  void costNothingWhereThereIsNothingToShow() {
    long before = measurements();
    assertThat(stage.browserOf(Role.MEMBER).get("/api/session-figures").body()).isEqualTo("[]");
    assertThat(measurements()).isEqualTo(before);
  }

  private long measurements() {
    return stage.host().requests().stream().filter(HostRequest.Measure.class::isInstance).count();
  }
}
