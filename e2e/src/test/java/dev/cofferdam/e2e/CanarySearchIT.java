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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

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
    needles.addKey(RealKeys.of(coffer, List.of(workspace)).getFirst());
    session = owner.unlock(workspace);
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
  @Order(2)
  void findsTheKeyWhereItBelongs() {
    assertThat(MemoryOf.process(Sandbox.of(coffer).gocryptfs(), needles)).isNotEmpty();
  }

  @Test
  @Order(3)
  void isNowhereElseWhileOpen() {
    assertThat(haystack.trusted()).hasSizeGreaterThan(PARTS.size());
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
    if (!Sandbox.isOpen(coffer)) {
      // On a slow machine a lease may have run out while one part after the other was away.
      session = owner.unlock(workspace);
    }
    Sandbox sandbox = Sandbox.of(coffer);
    Await.until("locked", RECOVERY, () -> owner.lock(session).status() == 200);
    Await.until("gone", Duration.ofSeconds(1), sandbox::isGone);
    assertThat(haystack.search(needles)).isEmpty();
    long vault = coffer.part("vault").pid();
    assertThat(Haystack.inFiles(Trees.files(coffer.data().resolve("logs")), needles)).isEmpty();
    assertThat(Processes.isAlive(vault)).isTrue();
  }
}
