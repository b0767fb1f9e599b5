// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Of the gateway, whose document has every kind of answer. */
class DescribedAnswersTest {
  private static final String PROBLEM = "application/problem+json";
  private static final String JSON = "application/json";

  private final DescribedAnswers described = gateway();

  private static DescribedAnswers gateway() {
    try {
      return new DescribedAnswers(Api.read(Path.of("../.."), "terminal-gateway"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static DescribedAnswers.Answer answer(
      String method, String target, int status, String form) {
    return new DescribedAnswers.Answer(method, URI.create(target), status, form, "");
  }

  private static DescribedAnswers.Answer refusal(
      String method, String target, int status, String slug) {
    String body = "{\"type\":\"https://cofferdam.dev/problems/" + slug + "\"}";
    return new DescribedAnswers.Answer(method, URI.create(target), status, PROBLEM, body);
  }

  @Test
  void findsARouteByItsTemplateWhateverTheQuery() {
    assertThat(described.fault(answer("GET", "/api/workspaces/1?x=/2", 200, JSON))).isEmpty();
    assertThat(described.fault(answer("POST", "/api/workspaces", 201, JSON + ";charset=UTF-8")))
        .isEmpty();
  }

  @Test
  void takesARouteOfItsOwnBeforeOneWithAVariable() {
    assertThat(described.fault(answer("POST", "/api/sign-in/tokens/ssh-key", 201, JSON))).isEmpty();
    assertThat(described.fault(refusal("POST", "/api/sign-in/tokens/ssh-key", 410, "link-spent")))
        .hasValueSatisfying(fault -> assertThat(fault).contains("link-spent"));
  }

  @Test
  void missesAStatusThatTheRouteDoesNotHave() {
    assertThat(described.fault(answer("GET", "/api/workspaces", 206, JSON))).isPresent();
    assertThat(described.fault(refusal("GET", "/api/workspaces", 409, "not-open"))).isPresent();
  }

  @Test
  void missesAProblemThatTheStatusDoesNotHave() {
    assertThat(described.fault(refusal("POST", "/api/workspaces", 409, "too-many-workspaces")))
        .isEmpty();
    assertThat(described.fault(refusal("POST", "/api/workspaces", 409, "not-open")))
        .hasValueSatisfying(fault -> assertThat(fault).contains("not-open"));
  }

  @Test
  void missesAnotherForm() {
    assertThat(described.fault(answer("GET", "/api/workspaces", 200, "text/plain"))).isPresent();
    assertThat(described.fault(answer("GET", "/api/workspaces", 404, "text/plain"))).isPresent();
  }

  @Test
  void takesTheServersOwnEmptyAnswerToABodyThatIsTooLarge() {
    assertThat(described.fault(answer("POST", "/api/workspaces", 413, ""))).isEmpty();
    assertThat(described.fault(answer("POST", "/api/workspaces", 409, ""))).isPresent();
  }

  @Test
  void judgesWhatHasNoRouteByWhatIsSaidOfThat() {
    assertThat(described.fault(refusal("GET", "/api/nope", 404, "not-found"))).isEmpty();
    assertThat(described.fault(refusal("PUT", "/api/me", 405, "method"))).isEmpty();
    assertThat(described.fault(refusal("PUT", "/api/me", 409, "method"))).isPresent();
    assertThat(described.fault(answer("GET", "/sign-in", 200, "text/html"))).isEmpty();
  }

  @Test
  void looksAtAHeadRequestAsAtAGetWithoutItsBody() {
    assertThat(described.fault(answer("HEAD", "/api/workspaces", 401, PROBLEM))).isEmpty();
    assertThat(described.fault(answer("HEAD", "/api/workspaces", 410, PROBLEM))).isPresent();
  }

  @Test
  void failsTheTestAndSaysWhatToDo() {
    assertThatThrownBy(() -> described.require(refusal("GET", "/api/workspaces", 409, "not-open")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GET /api/workspaces answered 409")
        .hasMessageContaining("describe it");
  }
}
