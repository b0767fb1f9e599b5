// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looks for a workspace's real key, and for words of a file in it, everywhere but in the sandbox
 * that may have them. Told by no promise: by the bytes.
 */
@ExtendWith(OneStory.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanarySearchIT {
  private static final Duration RECOVERY = Duration.ofSeconds(40);
  private static final List<String> PARTS =
      List.of(
          "auth-service",
          "session-service",
          "workspace-service",
          "terminal-gateway",
          "kafka",
          "postgres",
          "vault");

  /** Everything dies with the supervisor, and locks of its parts are released at once. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Needles needles = new Needles();
  private Coffer coffer;
  private Haystack haystack;
  private ApiClient owner;
  private String workspace;
  private String session;

  @BeforeAll
  void openAWorkspaceWithAKnownKeyAndAKnownFile() throws IOException {
    coffer = Coffer.up("session-service:coffer.session.away-seconds=3600");
    haystack = new Haystack(coffer);
    owner = ApiClient.signedIn(coffer);
    workspace = owner.createWorkspace("canary");
    byte[] key = RealKeys.of(coffer, List.of(workspace)).getFirst();
    assertThat(opened().processes()).isNotEmpty();
    TreeKeys.add(needles, coffer, workspace, key);
    writeTheFile();
  }

  @AfterAll
  void stop() {
    coffer.close();
  }

  /** Made in the cell, so that its words never travel: not typed, not shown. */
  private void writeTheFile() {
    String seed = Long.toHexString(System.nanoTime());
    needles.addText("words of a file", sha256(seed));
    try (Line line = Line.toNewTerminal(owner, session)) {
      line.enter(
          "for i in 1 2 3; do printf %s "
              + seed
              + " | sha256sum; done > words; sync; cat words"
              + " > /dev/null; echo writ''ten");
      line.awaitText("written");
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Both devices, each of which would do alone: the path is written as it is, values hashed. */
  @Test
  @Order(1)
  void vaultWroteTheReleaseIntoBothAuditFiles() throws IOException {
    for (String room : List.of("vault", "vault-audit")) {
      String written = Files.readString(coffer.data().resolve(room).resolve("audit.log"));
      assertThat(written).as(room).contains("transit/decrypt/").contains("sys/wrapping/unwrap");
    }
  }

  @Test
  @Order(1)
  void findsWhatIsPlanted() throws Exception {
    byte[] planted =
        MessageDigest.getInstance("SHA-256").digest("planted".getBytes(StandardCharsets.UTF_8));
    Needles plant = new Needles().addKey(planted);
    Path file = Files.write(coffer.data().resolve("planted"), planted);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "read -r x", HexFormat.of().formatHex(planted));
    builder.environment().put("PLANTED", Base64.getEncoder().encodeToString(planted));
    Process holder = builder.start();
    try {
      assertThat(Haystack.inFiles(Trees.files(coffer.data()), plant)).hasSize(1);
      assertThat(haystack.inCommandLines(plant))
          .anyMatch(hit -> hit.startsWith("hex in /proc/" + holder.pid() + "/cmdline"))
          .anyMatch(hit -> hit.startsWith("base64 in /proc/" + holder.pid() + "/environ"));
      assertThat(MemoryOf.process(holder.pid(), plant)).contains("hex", "base64");
    } finally {
      holder.destroy();
      Files.delete(file);
    }
  }

  @Test
  @Order(1)
  void findsWhatIsPlantedOnOtherMounts() throws IOException {
    String seed = "elsewhere" + System.nanoTime();
    Needles plant = new Needles().addText("planted", sha256(seed));
    Path ours = Path.of("/dev/shm", seed);
    try (Line line = Line.toNewTerminal(owner, session)) {
      Files.writeString(ours, sha256(seed));
      line.enter("printf %s " + seed + " | sha256sum > /tmp/planted; echo plan''ted");
      line.awaitText("planted");
      assertThat(Haystack.inFiles(haystack.changedFiles(), plant))
          .anyMatch(hit -> hit.contains("/dev/shm/"))
          .anyMatch(hit -> hit.contains("/root/tmp/"));
      line.enter("rm /tmp/planted; echo go''ne");
      line.awaitText("gone");
    } finally {
      Files.deleteIfExists(ours);
    }
  }

  /** What it works with, always; what these are made of is soon overwritten. */
  @Test
  @Order(2)
  void findsTheKeyWhereItBelongs() {
    assertThat(MemoryOf.process(Sandbox.of(coffer).gocryptfs(), needles))
        .contains("content key raw", "key of names raw");
  }

  /** By its own command line, which each process has in its memory. */
  @Test
  @Order(2)
  void looksIntoTheMemoryOfEveryPart() {
    Set<Long> trusted = haystack.trusted();
    assertThat(trusted)
        .contains(coffer.supervisor(), coffer.part("sandbox-host").pid())
        .hasSizeGreaterThan(PARTS.size());
    for (long pid : trusted) {
      String words = Processes.read(pid, "cmdline");
      Needles own = new Needles().add("itself", words.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(MemoryOf.process(pid, own)).as(words).contains("itself");
    }
  }

  @Test
  @Order(3)
  void isNowhereElseWhileOpen() {
    assertThat(haystack.search(needles)).isEmpty();
  }

  @Test
  @Order(4)
  void isNowhereAfterEachPartWasKilled() {
    for (String name : PARTS) {
      Coffer.Part part = coffer.part(name);
      Processes.kill(part.pid());
      coffer.awaitRestarted(part, RECOVERY);
      assertThat(haystack.searchOurs(needles)).as("after kill -9 of " + name).isEmpty();
    }
    assertThat(haystack.search(needles)).isEmpty();
  }

  @Test
  @Order(5)
  void isNowhereOnceLocked() {
    // On a slow machine a lease may have run out while one part after the other was away.
    Sandbox sandbox = opened();
    Await.until("locked", RECOVERY, () -> owner.lock(session).status() == 200);
    Await.until("gone", Duration.ofSeconds(1), sandbox::isGone);
    assertThat(haystack.inBoxes(needles)).isEmpty();
    assertThat(haystack.search(needles)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "gocryptfs", "sandbox-host"})
  @Order(6)
  void isNowhereAfterAPartOfTheSandboxWasKilled(String victim) {
    Sandbox sandbox = opened();
    Coffer.Part host = coffer.part("sandbox-host");
    switch (victim) {
      case "agent" -> Processes.kill(sandbox.agent());
      case "gocryptfs" -> Processes.kill(sandbox.gocryptfs());
      default -> {
        Processes.kill(host.pid());
        coffer.awaitRestarted(host, RECOVERY);
      }
    }
    Await.until("gone", SOON, sandbox::isGone);
    assertThat(haystack.inBoxes(needles)).isEmpty();
    assertThat(haystack.searchOurs(needles)).isEmpty();
  }

  @Test
  @Order(7)
  void isNowhereAfterTheSupervisorWasKilled() {
    Sandbox sandbox = opened();
    long supervisor = coffer.supervisor();
    Set<Long> all = Processes.descendants(supervisor);
    Processes.kill(supervisor);
    Await.until("all to be gone", SOON, () -> all.stream().noneMatch(Processes::isAlive));
    assertThat(sandbox.isGone()).isTrue();
    assertThat(Haystack.inFiles(Trees.files(coffer.data()), needles)).isEmpty();
    coffer.start();
    assertThat(haystack.inBoxes(needles)).isEmpty();
    assertThat(haystack.searchOurs(needles)).isEmpty();
  }

  /** The sandbox of the workspace, which is opened where it is not. */
  private Sandbox opened() {
    if (!Sandbox.isOpen(coffer)) {
      Await.until(
          "open again",
          RECOVERY,
          () -> {
            session = owner.unlock(workspace);
            return true;
          });
    }
    return Sandbox.of(coffer);
  }
}
