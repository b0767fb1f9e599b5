// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  @Test
  void whatDoesNotAnswerIsDownHoweverDeepItLies() {
    for (Throwable down :
        List.of(
            new ConnectException("refused"),
            new HttpTimeoutException("late"),
            new ProblemException(Problem.unavailable("auth-service")),
            new SQLException("gone", "08006"),
            new SQLException("shut down", "57P01"),
            new SQLException("too many", "53300"),
            new SQLException("none free"))) {
      assertThat(Dependencies.isDown(new IllegalStateException(new RuntimeException(down))))
          .as(down.toString())
          .isTrue();
    }
  }

  @Test
  void aMistakeOfOursIsNot() {
    for (Throwable bug :
        List.of(
            new NullPointerException(),
            new SQLException("syntax", "42601"),
            new SQLException("twice", "23505"),
            new ProblemException(Problem.signedOut()),
            new IllegalStateException(new IllegalArgumentException()))) {
      assertThat(Dependencies.isDown(bug)).as(bug.toString()).isFalse();
    }
  }

  @Test
  void circlesOfCausesEnd() {
    Exception one = new Exception("one");
    one.initCause(new Exception("two", one));
    assertThat(Dependencies.isDown(one)).isFalse();
    assertThat(Dependencies.cause(one)).isNotBlank();
  }

  @Test
  void theInnermostCauseIsTold() {
    assertThat(Dependencies.cause(new RuntimeException("out", new ConnectException("in"))))
        .isEqualTo("ConnectException: in");
  }
}
