// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.handover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandoverLineTest {

  @Test
  void readsWhatWasWritten() {
    Map<String, String> values = Map.of("a.b", "c\"\n\\ü", "quarkus.datasource.password", "x");

    assertThat(read(HandoverLine.write(values) + "\n")).isEqualTo(values);
  }

  @Test
  void needsNoLineFeedAtTheEndOfTheStream() {
    assertThat(read("{\"a\":\"b\"}")).containsExactly(Map.entry("a", "b"));
  }

  @Test
  void leavesWhatFollowsTheLine() {
    ByteArrayInputStream in = new ByteArrayInputStream("{\"a\":\"b\"}\nrest".getBytes(UTF_8));

    HandoverLine.read(in);

    assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("rest");
  }

  @Test
  void readsLaterLinesUntilNobodyHandsOverAnyMore() {
    ByteArrayInputStream in =
        new ByteArrayInputStream("{\"a\":\"1\"}\n{\"a\":\"2\"}\n".getBytes(UTF_8));

    assertThat(HandoverLine.readNext(in)).contains(Map.of("a", "1"));
    assertThat(HandoverLine.readNext(in)).contains(Map.of("a", "2"));
    assertThat(HandoverLine.readNext(in)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "[]",
        "\"tell-tale\"",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":{\"b\":\"tell-tale\"}}",
        "{\"a\":\"tell-tale\",\"a\":\"tell-tale\"}",
        "{\"a\":\"tell-tale\"} {}",
        "{\"a\":\"tell-tale\"",
        "{\"a\":tell-tale}"
      })
  void refusesAnythingElseWithoutQuotingIt(String line) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(HandoverException.class)
        .hasMessageNotContaining("tell-tale")
        .hasNoCause();
  }

  @Test
  void refusesALineThatIsTooLong() {
    assertThatThrownBy(() -> read("{\"a\":\"" + "x".repeat(HandoverLine.MAX_BYTES) + "\"}"))
        .isInstanceOf(HandoverException.class)
        .hasMessageContaining("longer");
  }

  private static Map<String, String> read(String line) {
    return HandoverLine.read(new ByteArrayInputStream(line.getBytes(UTF_8)));
  }
}
