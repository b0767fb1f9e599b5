// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decision;
import dev.cofferdam.decisions.Decisions;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.terminal.protocol.FrameType;
import dev.cofferdam.testkit.permission.PermissionTable;
import dev.cofferdam.testkit.permission.PermissionTable.Row;
import dev.cofferdam.testkit.permission.Persona;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule Z1: no route, no socket message and no event without a row, and no row but the rules'. */
class PermissionsTest {
  private static final Path ROOT = Path.of("../..");
  private static final UserId ITS_OWNER = UserId.random();
  private static final WorkspaceId WORKSPACE = WorkspaceId.random();

  /** Vert.x routes, Quarkus' reactive ones and its sockets, servlets. */
  private static final Pattern BESIDE_REST =
      Pattern.compile(
          "@Observes (Router|Filters|HttpServer)\\b|Router\\.router|@Route\\b|@RouteBase|@WebSocket\\b|@ServerEndpoint"
              + "|@WebServlet|createHttpServer|HttpServer\\.create");

  private final List<Row> rows = PermissionTable.read(ROOT);

  @Test
  void everyRouteAndMessageHasARow() throws IOException {
    List<String> wanted = new ArrayList<>();
    for (String service : Api.SERVICES) {
      Api api = Api.read(ROOT, service);
      api.operations().forEach(o -> wanted.add(service + " " + o.route()));
      api.root()
          .at("components")
          .at("schemas")
          .at("PageEvent")
          .at("oneOf")
          .items()
          .map(ref -> ref.at("$ref").text())
          .forEach(ref -> wanted.add(service + " EVENT " + ref.replaceAll(".*/", "")));
    }
    Arrays.stream(FrameType.values())
        .filter(FrameType::isFromClient)
        .forEach(type -> wanted.add("terminal-gateway SOCKET " + type));
    // What OpenAPI does not know: pages.
    wanted.add("terminal-gateway GET /");
    assertThat(rows.stream().map(row -> row.service() + " " + row.route()))
        .as("docs/api/permissions.md: add a row, with - in each column of a persona, and copy")
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  /** What no openapi.yaml tells of: pages, the upgrade, and what only refuses. */
  @Test
  void nothingElseServesRequests() throws IOException {
    Set<String> serving = new TreeSet<>();
    for (String service : Api.SERVICES) {
      serving.addAll(filesWith(BESIDE_REST, service));
    }
    // A resource in a library would be in the service's openapi.yaml, or in none.
    try (Stream<Path> libraries = Files.list(ROOT.resolve("libs"))) {
      for (Path library : libraries.filter(l -> !l.endsWith("testkit")).toList()) {
        serving.addAll(filesWith(BESIDE_REST, "libs/" + library.getFileName()));
        serving.addAll(filesWith(Pattern.compile("@Path\\("), "libs/" + library.getFileName()));
      }
    }
    assertThat(serving)
        .as("it needs rows, wanted above, and a test of its own with each persona")
        .containsExactly(
            // Names the bearer of a token and passes every request on.
            "libs/token-keys KnownCallers.java",
            "terminal-gateway Door.java",
            "terminal-gateway LimitedRoutes.java",
            "terminal-gateway PageRoutes.java",
            "terminal-gateway TerminalSocket.java");
  }

  private static Set<String> filesWith(Pattern wanted, String module) throws IOException {
    Path sources = ROOT.resolve(module + "/src/main/java");
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.exists(sources) ? Files.walk(sources) : Stream.empty()) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (wanted.matcher(Files.readString(file)).find()) {
          found.add(module + " " + file.getFileName());
        }
      }
    }
    return found;
  }

  @Test
  void everyRowSaysWhatTheRulesSay() throws IOException {
    String found = Files.readString(ROOT.resolve(PermissionTable.FILE));
    String right = found;
    for (Row row : rows) {
      right = right.replace(lineOf(found, row), ruled(row).line());
    }
    Path copy = Path.of("target/permissions.md");
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, right);
    assertThat(found)
        .as("if it is meant, copy libs/api-reference/target/permissions.md")
        .isEqualTo(right);
  }

  private static String lineOf(String file, Row row) {
    int section = file.indexOf("## " + row.service());
    int start = file.indexOf("| `" + row.route() + "` |", section);
    return file.substring(start, file.indexOf('\n', start));
  }

  private static Row ruled(Row row) {
    Action action =
        Action.of(row.action())
            .orElseThrow(() -> new AssertionError("no such action: " + row.line()));
    Map<Persona, String> answers = new EnumMap<>(Persona.class);
    for (Persona persona : Persona.values()) {
      answers.put(persona, answer(persona, action, row.whose()));
    }
    String part = action.parts().isEmpty() ? "-" : String.join(", ", action.parts());
    return new Row(row.service(), row.route(), row.action(), row.whose(), answers, part);
  }

  private static String answer(Persona persona, Action action, String whose) {
    Subject subject = subject(persona, action);
    return switch (Decisions.decide(subject, action, resource(subject, action, whose))) {
      case Decision.Allowed a -> "yes";
      case Decision.Refused refused ->
          switch (refused.answer()) {
            case SIGN_IN -> "401";
            case OPEN -> "403";
            case HIDDEN -> "404";
          };
    };
  }

  private static Subject subject(Persona persona, Action action) {
    return switch (persona) {
      case ITS_OWNER -> new Subject.Person(ITS_OWNER, Role.MEMBER);
      case ANOTHER_MEMBER -> new Subject.Person(UserId.random(), Role.MEMBER);
      case ADMIN -> new Subject.Person(UserId.random(), Role.ADMIN);
      case OWNER -> new Subject.Person(UserId.random(), Role.OWNER);
      case AUDITOR -> new Subject.Person(UserId.random(), Role.AUDITOR);
      case KEY_WITH_SCOPE -> program(scopes().filter(scope -> scope.verb() == action));
      case KEY_WITHOUT_SCOPE -> program(scopes().filter(scope -> scope.verb() != action));
      case SIGNED_OUT, EXPIRED -> new Subject.SignedOut();
    };
  }

  private static Stream<Scope> scopes() {
    return Arrays.stream(Action.values())
        .filter(Action::isForPrograms)
        .map(verb -> new Scope(verb, Optional.empty()));
  }

  private static Subject program(Stream<Scope> scopes) {
    return new Subject.Program(ITS_OWNER, Role.MEMBER, scopes.collect(Collectors.toSet()));
  }

  private static Resource resource(Subject subject, Action action, String whose) {
    return switch (whose) {
      case "its" -> Resource.in(action.kind(), ITS_OWNER, WORKSPACE);
      case "mine" -> Resource.of(action.kind(), userOf(subject));
      case "person" -> Resource.person(ITS_OWNER, Role.MEMBER);
      case "all" -> Resource.ofInstallation(action.kind());
      default -> throw new AssertionError("whose is its, mine, person or all: " + whose);
    };
  }

  private static UserId userOf(Subject subject) {
    return switch (subject) {
      case Subject.Person person -> person.user();
      case Subject.Program program -> program.user();
      case Subject.SignedOut s -> ITS_OWNER;
      case Subject.Part part -> ITS_OWNER;
    };
  }
}
