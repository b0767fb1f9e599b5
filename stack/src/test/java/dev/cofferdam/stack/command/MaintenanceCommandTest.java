// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceCommandTest {
  private static MaintenanceCommand parse(String words) {
    return MaintenanceCommand.parse(words.isEmpty() ? List.of() : List.of(words.split(";", -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "show",
        "end",
        "show;--json",
        "begin;--minutes;0",
        "begin;--minutes;10080;--notice;Neue Platte für ÄÖÜ",
        "begin;--notice;;--minutes;5"
      })
  void takes(String words) {
    assertThatCode(() -> parse(words)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "begin",
        "begin;--minutes",
        "begin;--minutes;10081",
        "begin;--minutes;-1",
        "begin;--minutes;soon",
        "begin;--minutes;5;--notice",
        "begin;--minutes;5;--notice;two\nlines",
        "begin;--minutes;5;--port;1",
        "begin;now;--minutes;5",
        "end;--minutes;5",
        "show;--notice;x"
      })
  void refuses(String words) {
    assertThatThrownBy(() -> parse(words)).isInstanceOf(WrongUsage.class);
  }

  @Test
  void saysSoWhereNothingRuns(@TempDir Path data) {
    MaintenanceCommand show = parse("show;--data;" + data);
    assertThatThrownBy(show::run)
        .isInstanceOf(StartFailure.class)
        .extracting(e -> ((StartFailure) e).text())
        .asString()
        .contains("not running");
  }
}
