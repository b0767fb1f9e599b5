// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.testkit.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stage.class)
class EventsIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  Stage stage;
  @Inject EventFeed feed;
  @Inject Listeners listeners;

  /** A page that listens: its lines so far. */
  private final class Page {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    Page(TestBrowser browser) {
      Thread.ofVirtual()
          .start(
              () -> {
                browser.lines("GET", "/api/events", "").forEach(lines::add);
                ended = true;
              });
      Eventually.within(SOON).until("it listens", () -> !lines.isEmpty());
    }

    /** Of this person's own things. */
    List<JsonNode> events() {
      return all().filter(event -> !isOfAll(event)).toList();
    }

    /** How often it was told that what is open on the server has changed. */
    long lookAgain() {
      return all().filter(Page::isOfAll).count();
    }

    private static boolean isOfAll(JsonNode event) {
      return event.toString().equals("{\"type\":\"open-sessions\"}");
    }

    private Stream<JsonNode> all() {
      return lines.stream()
          .filter(line -> line.startsWith("data:"))
          .map(line -> TestBrowser.json(line.substring(5)));
    }
  }

  private static SessionEvent locked(TestBrowser browser, String session, String workspace) {
    return new SessionEvent.Locked(
        UUID.randomUUID(),
        Instant.parse("2026-01-01T00:01:00Z"),
        SessionId.parse(session),
        WorkspaceId.parse(workspace),
        UserId.parse(browser.user()),
        3,
        "idle");
  }

  @Test
  void tellsAPageWhatHappenedToItsSession() {
    TestBrowser owner = stage.newBrowser();
    Page page = new Page(owner);
    String session = UUID.randomUUID().toString();
    String workspace = UUID.randomUUID().toString();
    feed.take(
        new SessionEvent.Opening(
            UUID.randomUUID(),
            Instant.parse("2026-01-01T00:00:00Z"),
            SessionId.parse(session),
            WorkspaceId.parse(workspace),
            UserId.parse(owner.user()),
            1));
    feed.take(locked(owner, session, workspace));
    Eventually.within(SOON).until("two events", () -> page.events().size() == 2);
    JsonNode opening = page.events().getFirst().path("session");
    assertThat(opening.path("state").asText()).isEqualTo("OPENING");
    assertThat(page.events().getLast().toString())
        .isEqualTo(
            "{\"type\":\"session\",\"session\":{\"id\":\""
                + session
                + "\",\"workspaceId\":\""
                + workspace
                + "\",\"userId\":\""
                + owner.user()
                + "\",\"state\":\"LOCKED\",\"reason\":\"idle\","
                + "\"openedAt\":\"2026-01-01T00:00:00Z\",\"lockedAt\":\"2026-01-01T00:01:00Z\","
                + "\"locksAt\":null,\"lockedBy\":null,\"lockedByName\":null}}");
    assertThat(page.lines).contains("event:session");
  }

  /** Not whose: the list says that, to who may look at it. */
  @Test
  void tellsWhoMayLookAtWhatIsOpenThatItIsAnotherAndNobodyElse() {
    Map<Role, Page> pages = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      pages.put(role, new Page(stage.browserOf(role)));
    }
    TestBrowser somebody = stage.browserOf(Role.MEMBER);
    Page own = new Page(somebody);
    feed.take(locked(somebody, UUID.randomUUID().toString(), UUID.randomUUID().toString()));
    Eventually.within(SOON).until("their own", () -> own.events().size() == 1);
    Eventually.within(SOON).until("the owner's page", () -> pages.get(Role.OWNER).lookAgain() > 0);
    Eventually.within(SOON).until("an admin's page", () -> pages.get(Role.ADMIN).lookAgain() > 0);
    assertThat(own.lookAgain()).isZero();
    assertThat(pages.get(Role.MEMBER).lookAgain()).isZero();
    assertThat(pages.get(Role.AUDITOR).lookAgain()).isZero();
    for (Page page : pages.values()) {
      assertThat(page.events()).isEmpty();
    }
  }

  @Test
  void tellsAPageThatItsSessionLocksSoonAndWhen() {
    TestBrowser owner = stage.newBrowser();
    Page page = new Page(owner);
    SessionId session = SessionId.random();
    WorkspaceId workspace = WorkspaceId.random();
    UserId user = UserId.parse(owner.user());
    Instant at = Instant.parse("2026-01-01T00:09:00Z");
    feed.take(
        new SessionEvent.Warned(
            UUID.randomUUID(), at, session, workspace, user, 3, at.plusSeconds(60)));
    feed.take(new SessionEvent.Resumed(UUID.randomUUID(), at, session, workspace, user, 4));
    Eventually.within(SOON).until("two events", () -> page.events().size() == 2);
    JsonNode warned = page.events().getFirst().path("session");
    assertThat(warned.path("state").asText()).isEqualTo("WARNED");
    assertThat(warned.path("locksAt").asText()).isEqualTo("2026-01-01T00:10:00Z");
    JsonNode resumed = page.events().getLast().path("session");
    assertThat(resumed.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(resumed.path("locksAt").isNull()).isTrue();
  }

  @Test
  void whatSessionServiceEndsLocksAtOnce() {
    TestBrowser owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    SessionId session = SessionId.parse(owner.open(workspace));
    WorkspaceId id = WorkspaceId.parse(workspace);
    feed.take(
        new SessionEvent.Locking(
            UUID.randomUUID(), Instant.now(), session, id, UserId.parse(owner.user()), 3));
    Eventually.within(SOON).until("no box", () -> !stage.host().hasBoxOf(id));
    Eventually.within(SOON)
        .until("reported", () -> stage.stateOf(session.toString()).equals("LOCKED"));
  }

  @Test
  void tellsAPageOfItsWorkspaces() {
    TestBrowser owner = stage.newBrowser();
    Page page = new Page(owner);
    WorkspaceId workspace = WorkspaceId.random();
    feed.take(
        new WorkspaceEvent.Deleted(
            UUID.randomUUID(), Instant.now(), workspace, UserId.parse(owner.user())));
    Eventually.within(SOON).until("an event", () -> page.events().size() == 1);
    assertThat(page.events().getFirst().toString())
        .isEqualTo(
            "{\"type\":\"workspace\",\"workspaceId\":\""
                + workspace
                + "\",\"change\":\"deleted\"}");
    assertThat(page.lines).contains("event:workspace");
  }

  @Test
  void tellsNobodyWhatIsAnothers() {
    TestBrowser owner = stage.newBrowser();
    TestBrowser stranger = stage.newBrowser();
    Page own = new Page(owner);
    Page other = new Page(stranger);
    feed.take(locked(owner, UUID.randomUUID().toString(), UUID.randomUUID().toString()));
    feed.take(locked(stranger, UUID.randomUUID().toString(), UUID.randomUUID().toString()));
    Eventually.within(SOON).until("one each", () -> other.events().size() == 1);
    Eventually.within(SOON).until("one each", () -> own.events().size() == 1);
    assertThat(other.lines.toString()).doesNotContain(owner.user());
    assertThat(own.lines.toString()).doesNotContain(stranger.user());
  }

  @Test
  void endsAtSignOut() {
    TestBrowser owner = stage.newBrowser();
    Page page = new Page(owner);
    owner.post("/api/sign-out", "{}");
    Eventually.within(Duration.ofSeconds(1)).until("ended", () -> page.ended);
  }

  @Test
  void isNotCached() {
    TestBrowser owner = stage.newBrowser();
    HttpResponse<java.io.InputStream> answer =
        TestBrowser.send(
            owner.request("/api/events").GET(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(answer.headers().allValues("cache-control")).containsExactly("no-store");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
  }

  @Test
  void hasRoomForSoManyPagesOfOnePerson() throws IOException {
    TestBrowser owner = stage.newBrowser();
    List<Socket> pages = new ArrayList<>();
    int before = listeners.size();
    for (int i = 0; i < Listeners.MOST_OF_ONE_USER; i++) {
      pages.add(silentPage(owner));
    }
    Eventually.within(SOON)
        .until("all listen", () -> listeners.size() >= before + Listeners.MOST_OF_ONE_USER);
    HttpResponse<String> oneTooMany = owner.get("/api/events");
    assertThat(oneTooMany.statusCode()).isEqualTo(429);
    assertThat(oneTooMany.headers().firstValue("retry-after")).contains("5");
    for (Socket page : pages) {
      page.close();
    }
    Eventually.within(SOON).until("forgotten", () -> listeners.size() <= before);
  }

  /** Listens and never reads. */
  private Socket silentPage(TestBrowser browser) throws IOException {
    Socket socket = new Socket("127.0.0.1", stage.port());
    socket.setReceiveBufferSize(4096);
    String request =
        "GET /api/events HTTP/1.1\r\nHost: localhost:"
            + stage.port()
            + "\r\nCookie: "
            + browser.cookie()
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void cutsOffWhoDoesNotListen() throws IOException {
    TestBrowser owner = stage.newBrowser();
    int before = listeners.size();
    try (Socket deaf = silentPage(owner)) {
      Eventually.within(SOON).until("it listens", () -> listeners.size() == before + 1);
      Eventually.within(Duration.ofSeconds(60))
          .until(
              "cut off",
              () -> {
                for (int i = 0; i < 1000; i++) {
                  feed.take(
                      locked(owner, UUID.randomUUID().toString(), UUID.randomUUID().toString()));
                }
                return listeners.size() == before;
              });
      assertThat(deaf.isConnected()).isTrue();
    }
  }
}
