// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.testkit.permission.PermissionTable;
import dev.cofferdam.testkit.permission.PermissionTable.Row;
import dev.cofferdam.testkit.permission.Persona;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/api says what the openapi.yaml files, the table of permissions and the problems say. */
class ReferenceTest {
  private static final Path ROOT = Path.of("../..");
  private static final Path DOCS = Path.of("docs/api");

  private static void assertChecked(String name, String right) throws IOException {
    Path copy = Path.of("target").resolve(DOCS).resolve(name);
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, right);
    Path checkedIn = ROOT.resolve(DOCS).resolve(name);
    assertThat(Files.exists(checkedIn) ? Files.readString(checkedIn) : "")
        .as("docs/api/" + name + "; copy libs/api-reference/target/docs/api/* over docs/api")
        .isEqualTo(right);
  }

  @Test
  void eachServiceHasItsPage() throws IOException {
    List<AssertionError> wrong = new ArrayList<>();
    for (String service : Api.SERVICES) {
      try {
        assertChecked(service + ".md", Reference.markdown(Api.read(ROOT, service)));
      } catch (AssertionError e) {
        wrong.add(e);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** For the page of the app, and for programs. */
  @Test
  void allOfItIsInOneFileForPrograms() throws IOException {
    List<Row> rows = PermissionTable.read(ROOT);
    List<Object> routes = new ArrayList<>();
    for (String service : Api.SERVICES) {
      Api api = Api.read(ROOT, service);
      for (Api.Operation operation : api.operations()) {
        routes.add(route(api, operation, rows));
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("routes", routes);
    all.put("noRoute", noRoute());
    all.put("problems", ProblemCatalogue.read(ROOT).entries().stream().map(this::problem).toList());
    assertChecked("reference.json", Reference.json(new Node(all)) + "\n");
  }

  private Map<String, Object> problem(ProblemCatalogue.Entry entry) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", entry.slug());
    problem.put("status", entry.status());
    problem.put("meaning", entry.meaning());
    problem.put("remedy", entry.remedy());
    return problem;
  }

  private static Map<String, Object> route(Api api, Api.Operation operation, List<Row> rows) {
    Map<String, Object> route = new LinkedHashMap<>();
    route.put("service", api.service());
    route.put("method", operation.method());
    route.put("path", operation.path());
    route.put("summary", operation.node().at("summary").text());
    rows.stream()
        .filter(row -> row.service().equals(api.service()) && row.route().equals(operation.route()))
        .findFirst()
        .ifPresent(row -> route.putAll(permission(row)));
    route.put("answers", answers(api, operation.node().at("responses")));
    return route;
  }

  private static Map<String, Object> noRoute() throws IOException {
    Map<String, Object> services = new LinkedHashMap<>();
    for (String service : Api.SERVICES) {
      Api api = Api.read(ROOT, service);
      services.put(service, answers(api, api.root().at("x-no-route")));
    }
    return services;
  }

  private static Map<String, Object> answers(Api api, Node described) {
    Map<String, Object> answers = new LinkedHashMap<>();
    described
        .entries()
        .sorted(Map.Entry.comparingByKey())
        .forEach(a -> answers.put(a.getKey(), api.resolve(a.getValue()).at("description").text()));
    return answers;
  }

  private static Map<String, Object> permission(Row row) {
    Map<String, Object> personas = new LinkedHashMap<>();
    for (Persona persona : Persona.values()) {
      personas.put(
          persona.name().toLowerCase(Locale.ROOT).replace('_', ' '), row.answers().get(persona));
    }
    Map<String, Object> permission = new LinkedHashMap<>();
    permission.put("action", row.action());
    permission.put("whose", row.whose());
    permission.put("personas", personas);
    return permission;
  }
}
