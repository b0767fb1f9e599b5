// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a service's openapi.yaml says that it answers. Tests ask it of every answer that they get,
 * so that none stays undescribed.
 */
public final class DescribedAnswers {
  private static final String PROBLEM = "application/problem+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Api api;
  private final List<Api.Operation> operations;

  DescribedAnswers(Api api) {
    this.api = api;
    operations = api.operations();
  }

  /** Of the service in whose folder the test runs. */
  public static DescribedAnswers ofThisService() {
    try {
      return new DescribedAnswers(Api.read(Path.of("openapi.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One answer.
   *
   * @param method of the request
   * @param target of the request; only its path counts
   * @param status HTTP status
   * @param contentType as it came, or empty
   * @param body of a refusal; not looked at if the status is below 400
   */
  public record Answer(String method, URI target, int status, String contentType, String body) {
    private boolean isRefusal() {
      return status >= 400;
    }

    @Override
    public String toString() {
      return method + " " + target.getRawPath() + " answered " + status + " " + contentType;
    }
  }

  /**
   * Does nothing if the answer is described.
   *
   * @throws AssertionError if its status, its form or its type of problem is not
   */
  public void require(Answer answer) {
    fault(answer)
        .ifPresent(
            fault -> {
              throw new AssertionError(
                  answer
                      + ", but "
                      + fault
                      + ": describe it at the route or, for each route of its kind, in Refusals");
            });
  }

  /** Why it is not described; empty if it is. */
  Optional<String> fault(Answer answer) {
    Optional<Api.Operation> operation = operation(answer);
    if (operation.isEmpty() && isOfNoRoute(answer)) {
      return Optional.empty();
    }
    Node responses =
        operation.map(o -> o.node().at("responses")).orElseGet(() -> api.root().at("x-no-route"));
    String place = operation.map(Api.Operation::route).orElse("x-no-route");
    Node described = responses.at(Integer.toString(answer.status()));
    if (!described.isThere()) {
      return Optional.of(place + " of openapi.yaml has no such status");
    }
    return fault(answer, api.resolve(described)).map(what -> place + " of openapi.yaml " + what);
  }

  /** Pages, files and what browsers ask before they ask: OpenAPI has no routes for them. */
  private static boolean isOfNoRoute(Answer answer) {
    return !answer.isRefusal() || answer.contentType().startsWith("text/html");
  }

  private static Optional<String> fault(Answer answer, Node described) {
    if (answer.method().equals("HEAD")) {
      return Optional.empty();
    }
    if (!answer.isRefusal()) {
      return isOfForm(answer, described)
          ? Optional.empty()
          : Optional.of("has no such form for this status");
    }
    if (isOfTheServer(answer)) {
      return Optional.empty();
    }
    if (!isOfForm(answer, described)) {
      return Optional.of("says that it is a problem");
    }
    String slug = slug(answer.body());
    return Api.problems(described).contains(slug)
        ? Optional.empty()
        : Optional.of("does not name the problem " + slug);
  }

  /** A service's HTTP server reads no body that is too large, and says no more than that. */
  private static boolean isOfTheServer(Answer answer) {
    return answer.status() == 413 && answer.contentType().isEmpty() && answer.body().isEmpty();
  }

  private static boolean isOfForm(Answer answer, Node described) {
    String form = answer.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (answer.isRefusal()) {
      return form.equals(PROBLEM);
    }
    return form.isEmpty() || described.at("content").at(form).isThere();
  }

  private static String slug(String body) {
    try {
      String type = JSON.readTree(body).path("type").asText();
      return type.substring(type.lastIndexOf('/') + 1);
    } catch (JsonProcessingException e) {
      return "(no JSON)";
    }
  }

  /** The one with the fewest variables, as routes are found too. */
  private Optional<Api.Operation> operation(Answer answer) {
    String method = answer.method().equals("HEAD") ? "GET" : answer.method();
    List<String> path = segments(Optional.ofNullable(answer.target().getRawPath()).orElse(""));
    return operations.stream()
        .filter(o -> o.method().equals(method) && isOf(segments(o.path()), path))
        .min(Comparator.comparing(o -> segments(o.path()).stream().filter(s -> isOpen(s)).count()));
  }

  private static boolean isOf(List<String> template, List<String> path) {
    return template.size() == path.size()
        && Stream.iterate(0, i -> i < path.size(), i -> i + 1)
            .allMatch(i -> isOpen(template.get(i)) || template.get(i).equals(path.get(i)));
  }

  private static boolean isOpen(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
  }
}
