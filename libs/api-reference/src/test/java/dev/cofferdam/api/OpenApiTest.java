// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
              statuses.stream().anyMatch(s -> Set.of('1', '2', '3').contains(s.charAt(0)));
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
  void everyRefusalNamesItsProblemsAndTheCatalogueHasThemWithThisStatus() throws IOException {
    ProblemCatalogue catalogue = ProblemCatalogue.read(ROOT);
    List<String> faults = new ArrayList<>();
    for (String service : Api.SERVICES) {
      Api api = Api.read(ROOT, service);
      refusals(api)
          .forEach(
              (place, refusal) -> {
                int status = Integer.parseInt(place.substring(place.lastIndexOf(' ') + 1));
                List<String> problems = Api.problems(refusal);
                if (problems.isEmpty()) {
                  faults.add(service + " " + place + " names none");
                }
                problems.stream()
                    .filter(slug -> !catalogue.has(slug, status))
                    .forEach(slug -> faults.add(service + " " + place + " " + slug));
                if (!named(refusal.at("description").text()).equals(problems)) {
                  faults.add(service + " " + place + " says others than its schema");
                }
              });
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyProblemOfTheCatalogueIsAnsweredSomewhere() throws IOException {
    Set<String> answered = new HashSet<>();
    for (String service : Api.SERVICES) {
      Api api = Api.read(ROOT, service);
      refusals(api).values().forEach(refusal -> answered.addAll(Api.problems(refusal)));
      api.operations().stream()
          .flatMap(operation -> operation.node().at("responses").entries())
          .flatMap(answer -> answer.getValue().at("x-problem-types").items())
          .forEach(slug -> answered.add(slug.text()));
    }
    assertThat(ProblemCatalogue.read(ROOT).entries().stream().map(entry -> entry.slug()))
        .as("some route's description names it, or its row in docs/api/problems.md goes")
        .filteredOn(slug -> !answered.contains(slug))
        .isEmpty();
  }

  @Test
  void everyDocumentTellsWhatIsAnsweredWhereThereIsNoRoute() throws IOException {
    for (String service : Api.SERVICES) {
      assertThat(Api.read(ROOT, service).root().at("x-no-route").entries())
          .as(service)
          .extracting(Map.Entry::getKey)
          .contains("404", "405");
    }
  }

  /** By route and status. */
  private static Map<String, Node> refusals(Api api) {
    Map<String, Node> refusals = new LinkedHashMap<>();
    api.operations().forEach(o -> addRefusals(api, o.route(), o.node().at("responses"), refusals));
    addRefusals(api, "x-no-route", api.root().at("x-no-route"), refusals);
    return refusals;
  }

  private static void addRefusals(Api api, String place, Node answers, Map<String, Node> refusals) {
    answers
        .entries()
        .filter(a -> a.getKey().startsWith("4") || a.getKey().startsWith("5"))
        .forEach(a -> refusals.put(place + " " + a.getKey(), api.resolve(a.getValue())));
  }

  private static List<String> named(String description) {
    Matcher slugs = SLUGS.matcher(description);
    return slugs.find() ? Arrays.asList(slugs.group(1).split(", ", -1)) : List.of();
  }

  @Test
  void everySuccessThatHasABodySaysWhichOne() throws IOException {
    assertAll(
        (api, operation, faults) ->
            operation
                .node()
                .at("responses")
                .entries()
                .filter(a -> Set.of("200", "201").contains(a.getKey()))
                .filter(a -> !a.getValue().at("content").isThere())
                .filter(a -> !operation.path().endsWith("/backchannel-logout"))
                .forEach(a -> faults.add(api.service() + " " + operation.route())));
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
