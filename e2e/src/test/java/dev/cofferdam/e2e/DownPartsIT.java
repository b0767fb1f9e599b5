// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A part hangs or is gone while somebody works: answers come in time and say so, the page says so,
 * the terminal goes on, the Lock button locks, and all is back by itself once the part is.
 */
@Tag("quiet")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DownPartsIT {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String OPEN = "open";
  private static final String CLOSED = "closed";

  private final Shots shots = new Shots();
  private final Set<String> seen = new HashSet<>();
  private Coffer coffer;
  private ApiClient owner;
  private String third;
  private Chromium chromium;

  @BeforeAll
  void meet() {
    coffer = Coffer.up();
    chromium = new Chromium();
    owner = ApiClient.signedIn(coffer);
    owner.createWorkspace(OPEN);
    owner.createWorkspace(CLOSED);
    third = owner.createWorkspace("third");
  }

  @AfterAll
  void leave() {
    chromium.close();
    coffer.close();
  }

  /**
   * @param needing what is asked for that can't be had without the part
   * @param shown how a page says so: it can't load, it may be old, or what was asked for fails
   */
  @ParameterizedTest
  @CsvSource({
    "vault,         hangs, POST /api/workspaces, fails",
    "postgres,      hangs, GET /api/workspaces, down",
    "postgres,      died,  GET /api/workspaces, down",
    "kafka,         hangs, GET /api/events, old",
    "kafka,         died,  GET /api/events, old",
    "workspace-service, hangs, GET /api/workspaces, down",
    "session-service,   hangs, GET /api/sessions, down"
  })
  void isSaidInTimeAndLockingWorksAndAllIsBackByItself(
      String part, String how, String needing, String shown) {
    try (Person worker = person();
        Person visitor = person()) {
      worker.openPage(OPEN);
      worker.unlock();
      visitor.openPage(CLOSED);
      Sandbox sandbox = Sandbox.of(coffer);
      try (DownPart down = DownPart.of(coffer, part, how.equals("died"))) {
        assertSaysSo(down.name(), needing);
        assertThat(worker.run("echo still $((40+2))")).isEqualTo("still 42");
        look(visitor, shown, "down-" + part + "-" + how);
        assertThat(worker.lock()).isLessThan(LONGEST);
        Await.until("the sandbox to be gone", LONGEST, sandbox::isGone);
      }
      Await.until("the page as before", LONGEST, () -> isAsBefore(visitor));
      assertWorks(worker);
      visitor.assertNoComplaints();
      worker.assertNoComplaints();
    }
  }

  private Person person() {
    Person person = new Person(chromium, Look.DARK);
    person.complaints().networkMayFail(true);
    person.signIn(coffer.freshLink());
    return person;
  }

  /** Kafka takes three seconds to be missed. */
  private void assertSaysSo(String part, String needing) {
    String[] words = needing.split(" ");
    Request request =
        words[0].equals("GET")
            ? owner.get(words[1])
            : owner.post(words[1], "{\"name\":\"without " + part + "\"}");
    Await.until("503 without " + part, LONGEST, () -> answer(request).status() == 503);
    Reply refused = answer(request);
    assertThat(refused.isProblem()).as(refused.toString()).isTrue();
    assertThat(refused.slug()).isEqualTo("unavailable");
    assertThat(refused.header("retry-after")).as(refused.toString()).isPresent();
    answer(owner.post("/api/workspaces/" + third + "/unlock", "{}"));
    answer(owner.get("/api/me"));
  }

  private Reply answer(Request request) {
    Reply[] reply = new Reply[1];
    Duration took = Await.timed(() -> reply[0] = owner.send(request));
    assertThat(took).as("%s\n%s", request, reply[0]).isLessThan(LONGEST);
    return reply[0];
  }

  private void look(Person visitor, String shown, String shot) {
    switch (shown) {
      case "down" -> {
        visitor.page().reload();
        visitor.awaitSeen("down");
        assertThat(visitor.see("problem").innerText())
            .contains("A part of Cofferdam does not answer", "nothing is lost");
      }
      case "old" -> {
        visitor.awaitSeen("stale");
        assertThat(visitor.see("stale").innerText()).contains("Changes do not arrive");
      }
      default -> {
        visitor.see("unlock").click();
        visitor.awaitSeen("problem");
        assertThat(visitor.see("problem").innerText())
            .contains("A part of Cofferdam does not answer", "nothing is lost");
      }
    }
    if (seen.add(shown)) {
      shots.everyLook(visitor, shot);
    }
  }

  private static boolean isAsBefore(Person visitor) {
    return visitor.see("workspace").count() == 1
        && visitor.see("stale").count() == 0
        && visitor.see("down").count() == 0;
  }

  /** Also what was open because an unlock went through meanwhile. */
  private void assertWorks(Person worker) {
    Await.until(
        "what needs the part", LONGEST, () -> answer(owner.get("/api/sessions")).status() == 200);
    // A service may find out at its first use that a connection is gone; the page then says so.
    Await.until("it opens", PATIENCE, worker::opens);
    worker.lock();
    Await.until(
        "nothing open",
        PATIENCE,
        () -> {
          owner.read("/api/sessions").forEach(open -> owner.lock(open.path("id").asText()));
          return owner.read("/api/sessions").isEmpty();
        });
  }
}
