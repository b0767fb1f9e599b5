// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void namesTheFieldAndItsRule() {
    Problem problem = Problem.badField("name", "1 to 64 letters");
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.errors()).containsExactly(new Problem.FieldError("name", "1 to 64 letters"));
  }

  @Test
  void saysWhenToComeBack() {
    assertThat(Problem.unavailable("Vault").status()).isEqualTo(503);
    assertThat(Problem.unavailable("Vault").retryAfterSeconds()).contains(5);
    assertThat(Problem.late("auth-service").slug()).isEqualTo("unavailable");
    assertThat(Problem.late("auth-service").retryAfterSeconds()).contains(5);
    assertThat(Problem.notFound("session").retryAfterSeconds()).isEmpty();
  }

  @Test
  void eachOccurrenceHasAnIdOfItsOwn() {
    assertThat(Problem.signedOut().id()).isNotEqualTo(Problem.signedOut().id());
  }

  @Test
  void keepsItsErrorsFromLaterChanges() {
    List<Problem.FieldError> errors = new ArrayList<>();
    Problem problem = new Problem("x", 400, "t", "d", "i", errors, Optional.empty());
    errors.add(new Problem.FieldError("a", "b"));
    assertThat(problem.errors()).isEmpty();
  }

  @Test
  void anExceptionCarriesItAndSaysNoMoreThanItsSlug() {
    ProblemException e = new ProblemException(Problem.badField("secret-name", "rule"));
    assertThat(e).hasMessage("invalid-field");
    assertThat(e.problem().detail()).contains("secret-name");
  }
}
