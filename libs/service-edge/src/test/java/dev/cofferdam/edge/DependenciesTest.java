// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.transaction.RollbackException;
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
  void aTornConnectionThatTheDriverDoesNotExpectIsDownToo() {
    AssertionError torn = new AssertionError("getAutoCommit() should not throw");
    torn.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("org.postgresql.jdbc.PgStatement", "execute", "PgStatement.java", 1)
        });
    assertThat(Dependencies.isDown(new IllegalStateException(torn))).isTrue();
  }

  @Test
  void aCommitThatTheDatabaseDidNotAnswerIsDownToo() {
    RollbackException commit = new RollbackException("could not commit");
    commit.addSuppressed(new SQLException("shut down", "57P01"));
    assertThat(Dependencies.isDown(new IllegalStateException(commit))).isTrue();
    assertThat(Dependencies.isDown(new RollbackException("by a rule"))).isFalse();
  }

  @Test
  void aMistakeOfOursIsNot() {
    for (Throwable bug :
        List.of(
            new NullPointerException(),
            new AssertionError("of ours"),
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
