// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private final SandboxId sandbox = SandboxId.random();
  private final WorkspaceId workspace = WorkspaceId.random();

  private Properties given() {
    Properties given = new Properties();
    given.setProperty("coffer.sandbox.id", sandbox.toString());
    given.setProperty("coffer.workspace.id", workspace.toString());
    given.setProperty("coffer.limit.processes", "400");
    given.setProperty("java.io.tmpdir", "/tmp");
    return given;
  }

  @Test
  void saysWhichSandboxItIs() {
    assertThat(Settings.of(given())).isEqualTo(new Settings(sandbox, workspace));
  }

  @Test
  void refusesWhatIsMissing() {
    Properties given = given();
    given.remove("coffer.workspace.id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(given))
        .withMessage("-Dcoffer.workspace.id is missing");
  }

  @Test
  void refusesWhatThereIsNot() {
    Properties given = given();
    given.setProperty("coffer.limit.proceses", "400");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(given))
        .withMessage(
            "coffer.limit.proceses is no setting of terminal-agent: did you mean"
                + " coffer.limit.processes?");
  }

  /** Before it listens to anybody. */
  @Test
  void itsStartEndsWithThatLineAlone() throws IOException, InterruptedException {
    ProcessBuilder start =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dcoffer.sandbox.idd=" + sandbox,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                TerminalAgent.class.getName())
            .redirectErrorStream(true);
    start.environment().remove("JAVA_TOOL_OPTIONS");
    Process agent = start.start();
    try {
      String said = new String(agent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(agent.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(said)
          .isEqualTo(
              "coffer.sandbox.idd is no setting of terminal-agent: did you mean"
                  + " coffer.sandbox.id?\n");
      assertThat(agent.exitValue()).isEqualTo(1);
    } finally {
      agent.destroyForcibly();
    }
  }
}
