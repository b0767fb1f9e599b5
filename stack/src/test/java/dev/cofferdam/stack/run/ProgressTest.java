// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Progress progress(boolean terminal) {
    return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesOneLineAPartWhereThereIsNoTerminal() {
    Progress progress = progress(false);
    progress.begin("kafka");
    progress.begin("vault");
    progress.done("vault");
    progress.failed("kafka");
    assertThat(shown().lines()).hasSize(2);
    assertThat(shown())
        .containsPattern("vault +done +0\\.[0-9] s")
        .containsPattern("kafka +failed");
  }

  @Test
  void redrawsInPlaceOnATerminal() {
    Progress progress = progress(true);
    progress.begin("kafka");
    progress.begin("vault");
    progress.draw();
    assertThat(shown()).contains("\u001b[1A\u001b[J").contains("\u001b[2A\u001b[J");
  }

  @Test
  void saysNothingOnceNobodyReads() {
    Progress progress = progress(false);
    progress.fallSilent();
    progress.say("x");
    assertThat(shown()).isEmpty();
  }

  @Test
  void whatSomebodyHasToHaveSeenFailsWhereNobodyReads() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Progress progress = new Progress(new PrintStream(closed, true, StandardCharsets.UTF_8), false);
    assertThatThrownBy(() -> progress.tell("Unseal key: x")).isInstanceOf(StartFailure.class);
  }
}
