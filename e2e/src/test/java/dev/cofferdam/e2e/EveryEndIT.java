// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.testkit.SshHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However a session ends: mount, processes, key and sockets are gone, its terminal is told with the
 * right code, and the ledger has the one reason.
 */
@Tag("side-by-side")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryEndIT {
  private static final int LEASE_SECONDS = 10;
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Whatever the time that was set, and a slow machine. */
  private static final Duration IN_TIME = Duration.ofSeconds(90);

  private static final Duration RESTART = Duration.ofSeconds(60);

  /** Names alone take room without end: a block each. */
  private static final String GROW =
      "for p in 1 2 3; do perl -e 'symlink \"x\" x 200, \"s$ARGV[0]-$_\" for 1..1000000' $p & done";

  /** Who opens a workspace for a way to end. */
  private record Tenant(
      ApiClient client, String person, SshHome home, String workspace, byte[] key) {
    Tenant with(byte[] known) {
      return new Tenant(client, person, home, workspace, known);
    }
  }

  private final Map<Way, Tenant> tenants = new EnumMap<>(Way.class);
  private final Map<Way, FutureTask<Void>> ends = new EnumMap<>(Way.class);
  private final List<SshHome> homes = new ArrayList<>();
  private Coffer coffer;
  private ApiClient owner;

  @BeforeAll
  void start() throws IOException {
    coffer =
        Coffer.up(
            "session-service:coffer.session.lease-seconds=" + LEASE_SECONDS,
            "session-service:coffer.session.away-seconds=10",
            "session-service:coffer.session.idle-seconds=20",
            "session-service:coffer.session.warn-seconds=1",
            "session-service:coffer.session.command-timeout-seconds=24",
            "session-service:coffer.session.mount-timeout-seconds=24",
            "session-service:coffer.session.longest-seconds=45",
            "terminal-gateway:coffer.lease.every=2s");
    owner = ApiClient.signedIn(coffer);
    List<Tenant> all = new ArrayList<>();
    for (Way way : Way.values()) {
      all.add(tenant(way));
    }
    List<byte[]> keys = RealKeys.of(coffer, all.stream().map(Tenant::workspace).toList());
    for (Way way : Way.values()) {
      tenants.put(way, all.get(way.ordinal()).with(keys.get(way.ordinal())));
    }
    for (Way way : Way.values()) {
      if (way.takesTime()) {
        FutureTask<Void> end = new FutureTask<>(() -> checkEnd(way), null);
        Thread.ofVirtual().name("ends by " + way.reason()).start(end);
        ends.put(way, end);
      }
    }
  }

  private Tenant tenant(Way way) {
    SshHome home = new SshHome();
    homes.add(home);
    String person = "";
    ApiClient client = way == Way.LOGOUT ? ApiClient.signedIn(coffer) : owner;
    if (way.isOfAGuest()) {
      person = Guests.accept(coffer, Guests.invite(owner), home);
      client = ApiClient.signedIn(coffer, home);
    }
    String workspace = client.createWorkspace("ends by " + way.reason());
    return new Tenant(client, person, home, workspace, new byte[0]);
  }

  @AfterAll
  void stop() {
    homes.forEach(SshHome::close);
    coffer.close();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftAndEverybodyIsToldWhy(Way way) throws Exception {
    if (way.takesTime()) {
      ends.get(way).get(IN_TIME.toSeconds(), TimeUnit.SECONDS);
    } else {
      checkEnd(way);
    }
  }

  private void checkEnd(Way way) {
    Tenant tenant = tenants.get(way);
    if (way == Way.STORAGE) {
      change(tenant, "{\"quotas\":{\"bytes\":0}}");
    }
    String session = opened(tenant);
    String sandbox = sandbox(tenant, session);
    try (Line line = Line.toNewTerminal(tenant.client, session)) {
      line.send(new ClientFrame.Stay());
      Remains remains = Remains.of(coffer, sandbox, keys(tenant));
      // That took its time, and most ways are to be over before nobody has done anything for long.
      line.send(new ClientFrame.Stay());
      end(way, tenant, session, line, remains.sandbox());
      Await.until("the sandbox to be gone", IN_TIME, remains.sandbox()::isGone);
      if (!way.codes().isEmpty()) {
        assertThat(way.codes()).contains(line.awaitClosed(SOON));
      }
      remains.assertNone();
      if (way.endsAll()) {
        remains.assertNoConnection();
      }
    } finally {
      goOnAfter(way);
    }
    assertThat(reasons(session)).containsExactly(way.reason());
  }

  /** One after the other: many at once may be late on a busy machine, and then answer so. */
  private synchronized String opened(Tenant tenant) {
    return Await.value("open", RESTART, () -> Optional.of(tenant.client.unlock(tenant.workspace)));
  }

  private Needles keys(Tenant tenant) {
    try {
      return TreeKeys.add(new Needles(), coffer, tenant.workspace, tenant.key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end(Way way, Tenant tenant, String session, Line line, Sandbox sandbox) {
    switch (way) {
      case LOCK -> assertThat(tenant.client.lock(session).status()).isEqualTo(200);
      case ADMIN -> assertThat(owner.lock(session).status()).isEqualTo(200);
      case LOGOUT -> tenant.client.send(tenant.client.post("/api/sign-out", "{}"));
      case KEY_REVOKED -> Guests.revokeKey(owner, tenant.person, tenant.home.fingerprint());
      case SWITCHED_OFF -> change(tenant, "{\"disabled\":true}");
      case LAST_SOCKET_GONE -> line.close();
      case IDLE -> {}
      case COMMAND_TIMEOUT ->
          line.enter("while sleep 0.2; do head -c 99999 /dev/zero > file; done");
      case MOUNT_TIMEOUT -> send(new ClientFrame.Input(" ".getBytes(UTF_8)), line, sandbox);
      case STORAGE -> {
        line.enter(GROW);
        send(new ClientFrame.Stay(), line, sandbox);
      }
      case LONGEST -> send(new ClientFrame.Stay(), line, sandbox);
      case MAINTENANCE -> maintenance("PUT", "{\"locksInMinutes\":0}");
      case LEASE_LOST -> untilGoneWithout("session-service", sandbox);
      case EMERGENCY_STOP -> emergencyStop();
    }
  }

  /** Again and again until it is gone, which closes the line. */
  private static void send(Frame frame, Line line, Sandbox sandbox) {
    Await.value(
        "the sandbox to be gone",
        IN_TIME,
        Duration.ofMillis(200),
        () -> {
          if (sandbox.isGone()) {
            return Optional.of(true);
          }
          line.send(frame);
          return Optional.empty();
        });
  }

  private void untilGoneWithout(String name, Sandbox sandbox) {
    long pid = coffer.part(name).pid();
    Processes.signal("STOP", pid);
    try {
      Await.until("the sandbox to be gone", IN_TIME, sandbox::isGone);
    } finally {
      Processes.signal("CONT", pid);
    }
  }

  private void maintenance(String method, String json) {
    assertThat(owner.send(owner.changing(method, "/api/maintenance", json)).status())
        .isEqualTo(200);
  }

  private void emergencyStop(String... words) {
    Command.Result result = coffer.command("emergency-stop").and(words).run();
    assertThat(result.status()).as(result.said()).isZero();
  }

  private void goOnAfter(Way way) {
    if (way == Way.MAINTENANCE) {
      maintenance("DELETE", "{}");
    } else if (way == Way.EMERGENCY_STOP) {
      emergencyStop("--lift");
      owner = ApiClient.signedIn(coffer);
    }
  }

  private static String sandbox(Tenant tenant, String session) {
    for (JsonNode open : tenant.client.read("/api/sessions")) {
      if (open.path("id").asText().equals(session)) {
        return open.path("sandboxId").asText();
      }
    }
    throw new AssertionError("not open: " + session);
  }

  private void change(Tenant tenant, String json) {
    String path = "/api/people/" + tenant.person;
    assertThat(owner.send(owner.changing("PATCH", path, json)).status()).isEqualTo(200);
  }

  /** Of all ends of this session that the ledger knows. */
  private List<String> reasons(String session) {
    return Await.value(
        "the end in the ledger",
        RESTART,
        () -> {
          List<String> found = new ArrayList<>();
          for (JsonNode entry :
              owner.read("/api/audit?kind=session-locked&limit=100").path("entries")) {
            if (entry.path("subject").asText().equals(session)) {
              found.add(entry.path("reason").asText());
            }
          }
          return found.isEmpty() ? Optional.empty() : Optional.of(found);
        });
  }
}
