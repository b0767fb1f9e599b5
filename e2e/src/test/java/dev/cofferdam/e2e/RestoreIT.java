// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/restoring.md, as they stand there. */
@Tag("side-by-side")
class RestoreIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir Path folder;

  @Test
  void whatWasCopiedIsThereAgainAndTheLedgerIsWhole() throws IOException, InterruptedException {
    try (Coffer coffer = Coffer.up()) {
      ApiClient owner = ApiClient.signedIn(coffer);
      String workspace = owner.createWorkspace("kept");
      inside(owner, workspace, "echo of the copy > file; sync; echo written", "\nwritten");
      perform(coffer, block(0));
      owner = ApiClient.signedIn(coffer);
      inside(owner, workspace, "echo newer > file; sync; echo written", "\nwritten");
      owner.createWorkspace("made since");
      perform(coffer, block(1));
      isAsItWas(ApiClient.signedIn(coffer), workspace);
    }
  }

  private List<String> block(int number) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("../docs/restoring.md"), UTF_8))
        .results()
        .map(found -> found.group(1))
        .toList()
        .get(number)
        .lines()
        .toList();
  }

  /** Ports and the unseal key are the test's own; all else is done as it is written. */
  private void perform(Coffer coffer, List<String> lines) throws IOException, InterruptedException {
    for (String line : lines) {
      switch (line) {
        case "./coffer down --data DATA" -> assertThat(coffer.down().status()).isZero();
        case "./coffer up --data DATA --detach" -> coffer.start();
        default -> shell(coffer, line);
      }
    }
  }

  private void shell(Coffer coffer, String line) throws IOException, InterruptedException {
    assertThat(line).matches("(cp|mv) .*");
    String told =
        line.replace("DATA", coffer.data().toString())
            .replace("COPY", folder.resolve("copy").toString());
    Process process = new ProcessBuilder("sh", "-c", told).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", told, said).isZero();
  }

  private void isAsItWas(ApiClient owner, String workspace) {
    assertThat(owner.findWorkspace("made since")).isEmpty();
    inside(owner, workspace, "cat file", "\nof the copy");
    LedgerExport ledger = LedgerExport.taken(owner, folder);
    assertThat(ledger.verify().status()).as(ledger.verify().said()).isZero();
    for (JsonNode alert : owner.read("/api/alerts?state=open").path("alerts")) {
      assertThat(alert.path("rule").asText())
          .isNotIn("event-gap", "event-refused", "impossible-time", "audit-gap");
    }
  }

  private static void inside(ApiClient owner, String workspace, String command, String answer) {
    // The first one after a start may be too slow for an answer in time; the next is not.
    String session = Await.value("it opens", SOON, () -> owner.tryToUnlock(workspace));
    try (Line line = Line.toNewTerminal(owner, session)) {
      line.enter(command);
      line.await(Pattern.compile(answer.replace("\n", "[\r\n]+")));
    }
    owner.lock(session);
  }
}
