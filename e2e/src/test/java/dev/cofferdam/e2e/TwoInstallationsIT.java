// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two on one host, started by root, are strangers to each other. */
@ExtendWith(SharedCoffer.class)
class TwoInstallationsIT {
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir Path folder;

  /** Started by a plain user, all parts are that user. */
  static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  @Test
  @EnabledIf("root")
  void haveNoUserAndNoSandboxIdInCommon(Coffer one) throws Exception {
    String who;
    try (Coffer other = Coffer.up()) {
      who = Files.readString(other.data().resolve("installation")).strip();
      long box = openBox(one);
      long otherBox = openBox(other);
      assertThat(usersOf(one)).hasSizeGreaterThan(8).contains(box);
      assertThat(usersOf(other)).hasSizeGreaterThan(8).contains(otherBox);
      assertThat(usersOf(one)).doesNotContainAnyElementsOf(usersOf(other));
      assertThat(becoming(otherBox, other)).as("its own sandbox's id").isEmpty();
      assertThat(becoming(box, other)).as("that of the other's sandbox").contains("newuidmap");
      assertThat(becoming(otherBox, one)).as("and the other way").contains("newuidmap");
      aCopyIsNotStartedBesideIt(one);
    }
    assertThat(Files.readAllLines(Path.of("/var/lib/cofferdam/installations")))
        .as("what was destroyed has no file system any more")
        .noneMatch(line -> line.startsWith(who + " ") && !line.startsWith(who + " 0 "));
  }

  /** The uid of its agent on this host. */
  private static long openBox(Coffer coffer) {
    ApiClient owner = ApiClient.signedIn(coffer);
    String workspace = owner.createWorkspace("two");
    Await.value("it opens", SOON, () -> owner.tryToUnlock(workspace));
    return uidOf(Sandbox.of(coffer).agent());
  }

  /** All that something of it runs as, but for root, who started it. */
  private static Set<Long> usersOf(Coffer coffer) {
    return Processes.descendants(coffer.supervisor()).stream()
        .map(TwoInstallationsIT::uidOf)
        .filter(uid -> uid > 0)
        .collect(Collectors.toSet());
  }

  private static long uidOf(long pid) {
    return idOf(pid, "Uid:");
  }

  /** -1 once it has ended. */
  private static long idOf(long pid, String kind) {
    return Processes.read(pid, "status")
        .lines()
        .filter(line -> line.startsWith(kind))
        .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
        .findFirst()
        .orElse(-1);
  }

  /** What is said when somebody with the rights of this sandbox-host tries to be this uid. */
  private static String becoming(long uid, Coffer coffer) throws Exception {
    long host = coffer.part("sandbox-host").pid();
    String map = uid + ",0,1";
    List<String> words = new ArrayList<>(List.of("setpriv", "--clear-groups"));
    words.addAll(List.of("--reuid", uidOf(host) + "", "--regid", idOf(host, "Gid:") + ""));
    words.addAll(List.of("unshare", "--user", "--map-users=" + map, "--setuid", "0", "true"));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  private void aCopyIsNotStartedBesideIt(Coffer coffer) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(coffer.data().resolve("installation"), copy.resolve("installation"));
    Command.Result result =
        new Command("up").and("--data", copy.toString(), "--port", FreePort.pickTwo() + "").run();
    assertThat(result.status()).as(result.said()).isEqualTo(1);
    assertThat(result.err()).contains(copy + " is a copy of " + coffer.data());
    assertThat(files(copy)).containsExactly("installation", "logs", "run", "run/lock");
  }

  private static List<String> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path).toString())
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }
}
