// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.session.Gateway;
import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.session.Person;
import dev.cofferdam.session.SessionServers;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;
import dev.cofferdam.testkit.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An emergency stop of more sessions than one sandbox-host has boxes for. Their sandboxes are
 * stubs: nothing of them is there, and that they are gone is reported as a gateway does. As many as
 * {@code -Dcoffer.stop.of} says; 200 are measured, 20 are enough to see that it is right.
 */
@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class StopOfManyIT {
  private static final Logger LOG = Logger.getLogger(StopOfManyIT.class);
  private static final int MANY = Integer.getInteger("coffer.stop.of", 20);
  private static final int AT_ONCE = 8;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Until the last of them is gone, on a machine that does much else. */
  private static final Duration SOON = Duration.ofSeconds(30);

  Servers servers;
  TokenIssuer issuer;
  GrantDesk desk;

  @AfterEach
  void lift() {
    set(false);
  }

  private void set(boolean stopped) {
    assertThat(
            new Gateway(servers.credential("stack"))
                .post("/internal/emergency-stop", Map.of("stopped", stopped))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void allAreToldToEndAndEndForThisReason() {
    Gateway gateway = new Gateway(servers);
    Map<String, Person> open = new HashMap<>();
    for (int i = 0; i < MANY; i++) {
      Person person = new Person(issuer);
      String session = person.opening(desk.workspaceOf(person.id()));
      assertThat(gateway.opened(session).<String>path("state")).isEqualTo("ACTIVE");
      open.put(session, person);
    }
    try (TopicReader news = new TopicReader(servers.kafka(), "coffer.session.v1")) {
      news.await(MANY, LONGEST, event -> isOf(open, "session-opened", event));
      long start = System.nanoTime();
      set(true);
      long stopped = millisSince(start);
      news.await(MANY, LONGEST, event -> isOf(open, "session-locking", event));
      long told = millisSince(start);
      report(gateway, open.keySet());
      List<String> locked = news.await(MANY, SOON, event -> isOf(open, "session-locked", event));
      long ended = millisSince(start);
      LOG.infof(
          "emergency stop of %d: answered after %d ms, all told after %d, all ended after %d",
          MANY, stopped, told, ended);
      assertThat(locked).allMatch(event -> event.contains("\"emergency-stop\""));
    }
    open.forEach((session, person) -> assertThat(person.state(session)).isEqualTo("LOCKED"));
  }

  private static void report(Gateway gateway, Set<String> sessions) {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      sessions.forEach(session -> threads.execute(() -> gateway.locked(session, "ended")));
    }
  }

  private static boolean isOf(Map<String, Person> sessions, String type, String event) {
    return event.contains("\"" + type + "\"")
        && sessions.keySet().stream().anyMatch(event::contains);
  }

  private static long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
