// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./coffer} as it is typed, rightly and wrongly. */
@ExtendWith(SharedCoffer.class)
class CommandIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final List<String> PARTS =
      List.of(
          "postgres",
          "kafka",
          "vault",
          "auth-service",
          "session-service",
          "workspace-service",
          "sandbox-host",
          "terminal-gateway");

  private static final List<String> PARTS_IN_JAVA =
      List.of(
          "kafka",
          "auth-service",
          "session-service",
          "workspace-service",
          "sandbox-host",
          "terminal-gateway");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frobnicate",
        "up --frobnicate",
        "up --port",
        "up --port 0",
        "up --port 65536",
        "up --port x",
        "up --set nonsense",
        "up --set nobody:a=b",
        "down --detach",
        "status extra",
        "link one two",
        "link --frobnicate",
        "link --json",
        "logs -x",
        "test now"
      })
  void answersWrongUsageWithOneLine(String words) {
    Command.Result result = new Command(words.split(" ")).run();
    assertThat(result.status()).as(result.said()).isEqualTo(2);
    assertThat((result.out() + result.err()).strip().lines()).as(result.said()).hasSize(1);
  }

  @Test
  void helps() {
    Command.Result result = new Command("--help").run();
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("up", "down", "status", "logs", "link", "reset", "test");
  }

  @Test
  void saysThatItIsRunningAlready(Coffer coffer) {
    Command.Result again = coffer.command("up").and("--detach").run();
    assertThat(again.status()).as(again.said()).isZero();
    assertThat(again.out()).contains("already running").contains(coffer.origin());
  }

  @Test
  void showsEachPartWithPidPortMemoryAndHealth(Coffer coffer) {
    Command.Result status = coffer.command("status").run();
    assertThat(status.status()).as(status.said()).isZero();
    for (String part : PARTS) {
      assertThat(status.out()).containsPattern("(?m)^" + part + " +\\d+ +(\\d+|-) +\\d+ MB +ready");
    }
    assertThat(coffer.parts())
        .hasSize(PARTS.size())
        .allMatch(part -> Processes.isAlive(part.pid()));
  }

  /** A cache that does not fit is left out silently, and every start takes twice as long. */
  @Test
  void startsPartsFromCachesMadeBehindTheBuild(Coffer coffer) throws IOException {
    for (String part : PARTS_IN_JAVA) {
      assertThat(Files.readString(Path.of("/proc", coffer.part(part).pid() + "", "maps")))
          .as(part)
          .contains("/starts/" + part + ".aot");
    }
  }

  @Test
  void showsLogsOfAPartAndNamesThePartsThereAre(Coffer coffer) {
    Command.Result logs = coffer.command("logs").and("terminal-gateway").run();
    assertThat(logs.status()).as(logs.said()).isZero();
    assertThat(logs.out()).contains("terminal-gateway");
    Command.Result unknown = coffer.command("logs").and("nobody").run();
    assertThat(unknown.status()).as(unknown.said()).isEqualTo(2);
    assertThat(unknown.err()).contains("terminal-gateway");
  }

  @Test
  void printsAFreshLinkEachTime(Coffer coffer) {
    String first = coffer.freshLink();
    assertThat(first).startsWith(coffer.origin() + "/sign-in#");
    assertThat(first.split("#")[1]).hasSize(43);
    assertThat(coffer.freshLink()).isNotEqualTo(first);
  }

  @Test
  void makesALinkForSomebodyWhoIsNamed(Coffer coffer) {
    ApiClient owner = ApiClient.signedIn(coffer);
    String name = "Grace Hopper";
    Reply added =
        owner.send(owner.post("/api/people", "{\"name\":\"Grace Hopper\",\"role\":\"member\"}"));
    assertThat(added.status()).as(added.toString()).isEqualTo(201);
    Command.Result link = coffer.command("link").and("grace hopper").run();
    assertThat(link.status()).as(link.said()).isZero();
    ApiClient stranger = ApiClient.stranger(coffer);
    ApiClient grace = stranger.byLink(link.out().strip());
    assertThat(grace.read("/api/me").path("user").path("name").asText()).isEqualTo(name);
    Await.until(
        "she is told", SOON, () -> grace.read("/api/notices").toString().contains("\"link\""));

    Command.Result unknown = coffer.command("link").and("nobody of this name").run();
    assertThat(unknown.status()).as(unknown.said()).isEqualTo(1);
    assertThat(unknown.err().strip().lines()).as(unknown.said()).hasSize(1);
    assertThat(unknown.err()).contains("nobody here has the name", "People");
  }

  @Test
  void saysWhoHoldsATakenPort(@TempDir Path folder) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path data = folder.resolve("data");
      Command.Result result =
          new Command("up", "--detach", "--data", data.toString())
              .and("--port", Integer.toString(taken.getLocalPort()))
              .run();
      assertThat(result.status()).as(result.said()).isNotIn(0, 2);
      assertThat(result.said())
          .contains(Integer.toString(taken.getLocalPort()))
          .contains(Long.toString(ProcessHandle.current().pid()));
      assertThat(Processes.mentioning(data.toString())).isEmpty();
    }
  }

  @Test
  void asksByNameBeforeItDestroys(Coffer coffer, @TempDir Path folder) throws IOException {
    Command.Result running = coffer.command("reset").typing("data\n").run();
    assertThat(running.status()).as(running.said()).isNotZero();
    assertThat(running.said()).contains("running");

    Path data = Files.createDirectories(folder.resolve("precious"));
    Path kept = Files.writeString(data.resolve("kept"), "x");
    Command.Result foreign =
        new Command("reset", "--data", data.toString()).typing("precious\n").run();
    assertThat(foreign.status()).as(foreign.said()).isEqualTo(1);
    assertThat(foreign.said()).contains("is no data of Cofferdam's");
    assertThat(data).as("untouched").isDirectoryNotContaining("glob:**run");

    Files.createFile(Files.createDirectory(data.resolve("run")).resolve("lock"));
    Command.Result wrong =
        new Command("reset", "--data", data.toString()).typing("something else\n").run();
    assertThat(wrong.status()).as(wrong.said()).isNotZero();
    assertThat(wrong.out()).contains("precious");
    assertThat(kept).exists();

    Command.Result right =
        new Command("reset", "--data", data.toString()).typing("precious\n").run();
    assertThat(right.status()).as(right.said()).isZero();
    assertThat(data).doesNotExist();
  }

  @Test
  void isQuietAboutWhatDoesNotRun(@TempDir Path folder) {
    String data = folder.resolve("nothing").toString();
    assertThat(new Command("down", "--data", data).run().status()).isZero();
    assertThat(new Command("status", "--data", data).run().out()).contains("not running");
    Command.Result link = new Command("link", "--data", data).run();
    assertThat(link.status()).as(link.said()).isNotZero();
    assertThat(link.said()).contains("not running");
  }

  @Test
  void asksThreeTimesForTheUnsealKey(Coffer coffer) {
    assertThat(coffer.down().status()).isZero();
    Command.Result refused =
        coffer.command("up").and("--detach").typing("one\ntwo\nthree\nfour\n").run();
    assertThat(refused.status()).as(refused.said()).isNotZero();
    assertThat(refused.said().split("not the unseal key", -1)).hasSize(4);
    assertThat(refused.said()).doesNotContain("three\n");
    assertThat(Processes.mentioning(coffer.data().toString())).as("left running").isEmpty();
    coffer.start();
    assertThat(coffer.parts()).allMatch(Coffer.Part::isReady);
  }
}
