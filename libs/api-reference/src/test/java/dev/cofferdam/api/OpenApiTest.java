// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each openapi.yaml tells every answer: its status, its form, its problems and an example. */
class OpenApiTest {
  private static final Path ROOT = Path.of("../..");
  private static final String PROBLEM = "application/problem+json";
  private static final Pattern SLUGS = Pattern.compile("\\(([a-z][a-z-]*(?:, [a-z][a-z-]*)*)\\)$");

  private interface Check {
    void of(Api api, Api.Operation operation, List<String> faults) throws IOException;
  }

  private static void assertAll(Check check) throws IOException {
    List<String> faults = new ArrayList<>();
    for (String service : Api.SERVICES) {
      Api api = Api.read(ROOT, service);
      for (Api.Operation operation : api.operations()) {
        check.of(api, operation, faults);
      }
    }
    assertThat(faults).isEmpty();
  }

  private static Set<String> statuses(Api.Operation operation) {
    return operation
        .node()
        .at("responses")
        .entries()
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Test
  void areOfVersion31() throws IOException {
    for (String service : Api.SERVICES) {
      assertThat(Api.read(ROOT, service).root().at("openapi").text()).isEqualTo("3.1.0");
    }
  }

  @Test
  void everyOperationTellsSuccessFaultAndOutage() throws IOException {
    assertAll(
        (api, operation, faults) -> {
          Set<String> statuses = statuses(operation);
          boolean succeeds =
              statuses.stream().anyMatch(s -> s.startsWith("2") || s.startsWith("3"));
          if (!succeeds || !statuses.containsAll(Set.of("500", "503"))) {
            faults.add(api.service() + " " + operation.route() + " " + statuses);
          }
        });
  }

  @Test
  void everyOperationThatTakesSomethingTellsHowItRefusesIt() throws IOException {
    assertAll(
        (api, operation, faults) -> {
          boolean takes = operation.node().at("requestBody").isThere();
          if (takes && !statuses(operation).containsAll(Set.of("400", "413", "415"))) {
            faults.add(api.service() + " " + operation.route());
          }
          if (operation.path().contains("{") && !statuses(operation).contains("404")) {
            faults.add(api.service() + " " + operation.route() + " 404");
          }
        });
  }

  @Test
  void everyRefusalIsAProblem() throws IOException {
    assertAll(
        (api, operation, faults) ->
            operation
                .node()
                .at("responses")
                .entries()
                .filter(a -> a.getKey().startsWith("4") || a.getKey().startsWith("5"))
                .filter(a -> !api.resolve(a.getValue()).at("content").at(PROBLEM).isThere())
                .forEach(
                    a -> faults.add(api.service() + " " + operation.route() + " " + a.getKey())));
  }

  @Test
  void everyProblemThatIsNamedIsInTheCatalogue() throws IOException {
    ProblemCatalogue catalogue = ProblemCatalogue.read(ROOT);
    assertAll(
        (api, operation, faults) ->
            operation
                .node()
                .at("responses")
                .entries()
                .flatMap(a -> slugs(api.resolve(a.getValue()).at("description").text()).stream())
                .filter(slug -> !catalogue.has(slug))
                .forEach(slug -> faults.add(api.service() + " " + operation.route() + " " + slug)));
  }

  private static List<String> slugs(String description) {
    Matcher slugs = SLUGS.matcher(description);
    return slugs.find() ? Arrays.asList(slugs.group(1).split(", ", -1)) : List.of();
  }

  @Test
  void everyJsonThatIsSentOrAnsweredHasAnExample() throws IOException {
    assertAll(
        (api, operation, faults) -> {
          List<Node> bodies = new ArrayList<>();
          bodies.add(operation.node().at("requestBody"));
          operation
              .node()
              .at("responses")
              .entries()
              .filter(a -> a.getKey().startsWith("2"))
              .forEach(a -> bodies.add(a.getValue()));
          bodies.stream()
              .flatMap(body -> body.at("content").entries())
              .filter(type -> type.getKey().equals("application/json"))
              .filter(type -> !type.getValue().at("example").isThere())
              .filter(type -> !type.getValue().at("examples").isThere())
              .forEach(type -> faults.add(api.service() + " " + operation.route()));
        });
  }
}
