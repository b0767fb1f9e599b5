// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who did what, read through the public door, and checked where nobody of the server has a say. */
@ExtendWith(SharedCoffer.class)
class AuditIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static String used(ApiClient owner) {
    String workspace = owner.createWorkspace("audited-" + UUID.randomUUID());
    owner.lock(owner.unlock(workspace));
    Await.until("the lock", SOON, () -> kinds(owner, workspace).contains("session-locked"));
    return workspace;
  }

  private static List<String> kinds(ApiClient owner, String workspace) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode entry : owner.read("/api/audit?workspace=" + workspace).path("entries")) {
      kinds.add(entry.path("kind").asText());
    }
    return kinds;
  }

  @Test
  void saysWhoReleasedAKeyAndWhyItWasLocked(Coffer coffer) {
    ApiClient owner = ApiClient.signedIn(coffer);
    String workspace = used(owner);
    String me = owner.read("/api/me").at("/user/id").asText();

    assertThat(kinds(owner, workspace))
        .contains("workspace-created", "session-opening", "session-opened", "session-locked");
    for (JsonNode entry : owner.read("/api/audit?workspace=" + workspace).path("entries")) {
      assertThat(entry.path("actor").asText()).as(entry.toString()).isEqualTo(me);
      assertThat(entry.path("outcome").asText()).isEqualTo("allowed");
    }
    JsonNode refused = owner.read("/api/audit?outcome=refused&limit=1").path("entries");
    assertThat(refused.size()).isLessThanOrEqualTo(1);
    assertThat(owner.send(owner.get("/api/audit?limit=0")).status()).isEqualTo(400);
    assertThat(owner.send(owner.get("/api/audit/proof/x")).status()).isEqualTo(404);
  }

  @Test
  void isCheckedOfflineAndNamesTheFirstLineThatWasChanged(Coffer coffer) throws IOException {
    ApiClient owner = ApiClient.signedIn(coffer);
    used(owner);
    long last = owner.read("/api/audit?limit=1").at("/entries/0/seq").asLong();
    Await.until(
        "a head", SOON, () -> owner.send(owner.get("/api/audit/proof/" + last)).status() == 200);
    LedgerExport whole = LedgerExport.taken(owner, folder);

    Command.Result good = whole.verify();
    assertThat(good.status()).as(good.said()).isZero();

    List<String> lines = new ArrayList<>(whole.lines());
    // Signed heads stand between the entries.
    String third = lines.stream().filter(l -> l.contains("\"seq\":3,")).findFirst().orElseThrow();
    // What the third entry tells is up to the tests before: its outcome may be either.
    String edited =
        third.contains("\"outcome\":\"allowed\"")
            ? third.replace("\"outcome\":\"allowed\"", "\"outcome\":\"refused\"")
            : third.replace("\"outcome\":\"refused\"", "\"outcome\":\"allowed\"");
    assertThat(edited).isNotEqualTo(third);
    lines.set(lines.indexOf(third), edited);
    Command.Result bad = whole.with(lines).verify();
    assertThat(bad.status()).as(bad.said()).isEqualTo(1);
    assertThat(bad.said()).contains("row 3 ");
  }

  @Test
  void isAPageForWhoMayReadIt(Coffer coffer) {
    ApiClient reader = ApiClient.signedIn(coffer);
    used(reader);
    Shots shots = new Shots();
    try (Chromium chromium = new Chromium();
        Person owner = new Person(chromium, Look.DARK)) {
      owner.signIn(coffer.freshLink());
      owner.see("rail-audit").click();
      owner.awaitSeen("audit-row");
      shots.everyLook(owner, "audit");
      owner.see("audit-kind").selectOption("session-locked");
      owner.page().waitForSelector("[data-testid=audit-row][data-kind=session-locked]");
      assertThat(
              owner
                  .page()
                  .locator("[data-testid=audit-row]:not([data-kind=session-locked])")
                  .count())
          .isZero();
      owner.see("audit-row").first().click();
      String workspace =
          owner.see("audit-row").first().locator("dt:text-is('Workspace') + dd").innerText();
      owner.see("audit-this-workspace").first().click();
      owner.page().waitForSelector("[data-testid=audit-row][data-kind=workspace-created]");
      assertThat(owner.see("audit-workspace").inputValue()).isEqualTo(workspace);
      assertThat(owner.see("audit-row").count()).isEqualTo(kinds(reader, workspace).size());
      owner.see("audit-row").first().click();
      shots.everyLook(owner, "audit-entry");
      String export =
          owner.page().waitForDownload(() -> owner.see("audit-export").click()).suggestedFilename();
      assertThat(export).isEqualTo("audit.jsonl");
      owner.assertNoComplaints();
    }
  }
}
