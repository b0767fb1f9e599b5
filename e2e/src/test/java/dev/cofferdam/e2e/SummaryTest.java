// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of {@code ./coffer test}: how many passed, and which of them only when repeated. */
class SummaryTest {
  private static final String GOOD = "<testcase name='good' classname='%s'/>";
  private static final String BAD =
      "<testcase name='bad' classname='%s'><failure/><rerunFailure/></testcase>";
  private static final String FLAKE =
      "<testcase name='flake' classname='%s'><flakyFailure/></testcase>";
  private static final String BROKEN = "<testcase name='' classname='%s'><flakyError/></testcase>";

  @TempDir Path folder;
  private Bash bash;

  @BeforeEach
  void makeMachine() throws IOException {
    bash = new Bash(folder).real("python3");
    Files.writeString(folder.resolve("page"), "");
  }

  private void ran(String owner, int failures, String... tests) throws IOException {
    Path reports = bash.checkout().resolve("some/target/surefire-reports");
    Files.createDirectories(reports);
    String head =
        "<testsuite name='%s' tests='%d' failures='%d' errors='0' skipped='0'>"
            .formatted(owner, tests.length, failures);
    String body = String.join("", tests).replace("%s", owner);
    Files.writeString(reports.resolve("TEST-" + owner + ".xml"), head + body + "</testsuite>");
  }

  private Bash.Result summary() {
    return bash.run("summary '" + folder.resolve("page") + "'");
  }

  @Test
  void addsUpAllModulesAndThePage() throws IOException {
    ran("a.OneTest", 0, GOOD, GOOD);
    ran("a.TwoTest", 1, GOOD, BAD);
    Files.writeString(folder.resolve("page"), "      Tests  1 failed | 7 passed (8)\n");
    assertThat(summary())
        .isEqualTo(new Bash.Result(0, "Passed only when repeated: 0\n10 passed, 2 failed\n", ""));
  }

  @Test
  void namesWhatPassedOnlyWhenRepeated() throws IOException {
    ran("a.OneTest", 0, GOOD, FLAKE);
    ran("a.TwoIT", 0, BROKEN, GOOD);
    assertThat(summary())
        .isEqualTo(
            new Bash.Result(
                0,
                """
                Passed only when repeated: 2
                  OneTest.flake
                  TwoIT.before all
                4 passed, 0 failed
                """,
                ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.cofferdam.sandboxhost.attack.CellIT",
        "dev.cofferdam.gateway.door.HeadersIT",
        "dev.cofferdam.gateway.terminal.TerminalDoorIT",
        "dev.cofferdam.e2e.DoorSocketIT",
        "dev.cofferdam.e2e.CanarySearchIT",
        "dev.cofferdam.e2e.CoresIT"
      })
  void anAttackHasOneTry(String owner) throws IOException {
    ran(owner, 0, GOOD, FLAKE);
    String name = owner.substring(owner.lastIndexOf('.') + 1) + ".flake";
    assertThat(summary())
        .isEqualTo(
            new Bash.Result(
                1,
                "Failed, though they passed when repeated, as an attack has one try: "
                    + name
                    + "\nPassed only when repeated: 0\n1 passed, 1 failed\n",
                ""));
  }
}
