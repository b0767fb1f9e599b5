// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.Role;
import dev.cofferdam.testkit.permission.Answered;
import dev.cofferdam.testkit.permission.PermissionTable;
import dev.cofferdam.testkit.permission.PermissionTable.Row;
import dev.cofferdam.testkit.permission.Persona;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Rule Z1 through the public door: every row of docs/api/permissions.md is sent as every persona.
 * The services behind decide by the same rules; they have tests of their own.
 */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class PersonaIT {
  /**
   * A socket is upgraded with a ticket that only its owner can get: RoleLossIT and TerminalDoorIT.
   */
  private static final Set<String> NO_REQUESTS = Set.of("SOCKET", "EVENT");

  private static final Set<String> DECIDED_HERE =
      Set.of("app", "sign", "profile", "events", "workspace", "session", "terminal");

  private static final Set<Persona> PEOPLE =
      EnumSet.of(
          Persona.ITS_OWNER, Persona.ANOTHER_MEMBER, Persona.ADMIN, Persona.OWNER, Persona.AUDITOR);

  private static final String UPGRADE = "GET /api/terminal";

  Stage stage;

  /** Somebody's workspace, and a session in it if the row is about one. */
  private record Fixture(TestBrowser owner, String workspace, String session) {}

  private static List<Row> rows() {
    return PermissionTable.ofService("terminal-gateway").stream()
        .filter(row -> !NO_REQUESTS.contains(row.method()) && !row.route().equals(UPGRADE))
        .toList();
  }

  @Test
  void eachRouteAnswersEachPersonaAsTheTableSays() throws IOException {
    assertThat(wrong(EnumSet.allOf(Persona.class), false)).isEmpty();
  }

  /** From signing in by SSH key: it is the person, not a program that may less. */
  @Test
  void eachRouteAnswersAnAccessTokenAsItsPerson() throws IOException {
    assertThat(wrong(PEOPLE, true)).isEmpty();
  }

  private List<String> wrong(Set<Persona> asking, boolean byToken) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Row row : rows()) {
      Set<Persona> personas = EnumSet.copyOf(personas(row));
      personas.retainAll(asking);
      for (Persona persona : personas) {
        Fixture fixture = fixture(row);
        int status = status(row, fixture, persona, byToken);
        String cell = row.answers().get(persona);
        if (!answered(row, cell, status)) {
          wrong.add(row.route() + " " + persona + ": " + cell + ", not " + status);
        }
      }
    }
    return wrong;
  }

  /**
   * What is handed on to auth-service is decided there, and tried there with every persona; here it
   * needs somebody who is signed in.
   */
  private static Set<Persona> personas(Row row) {
    String subject = row.action().replaceAll("[-.].*", "");
    if (!DECIDED_HERE.contains(subject)) {
      return EnumSet.of(Persona.SIGNED_OUT, Persona.EXPIRED);
    }
    // These look at the workspace first, so that a key needs the scope for that as well.
    return row.action().equals("session.open")
        ? EnumSet.complementOf(EnumSet.of(Persona.KEY_WITH_SCOPE))
        : EnumSet.allOf(Persona.class);
  }

  /** Signing in proves something first: what is wrong with a proof is no refusal of the route. */
  private static boolean answered(Row row, String cell, int status) {
    boolean proof = row.action().equals("sign.in") || row.action().equals("invitation.accept");
    return Answered.as(cell, status) || (proof && status >= 400 && status < 500);
  }

  private Fixture fixture(Row row) {
    TestBrowser owner = stage.browserOf(Role.MEMBER);
    String workspace = stage.workspaceOf(owner.user());
    boolean open = row.path().startsWith("/api/sessions/");
    return new Fixture(owner, workspace, open ? owner.open(workspace) : "");
  }

  private TestBrowser browser(Persona persona, Fixture fixture) {
    return switch (persona) {
      case ITS_OWNER, KEY_WITH_SCOPE, KEY_WITHOUT_SCOPE -> fixture.owner();
      case ANOTHER_MEMBER -> stage.browserOf(Role.MEMBER);
      case ADMIN -> stage.browserOf(Role.ADMIN);
      case OWNER -> stage.browserOf(Role.OWNER);
      case AUDITOR -> stage.browserOf(Role.AUDITOR);
      case SIGNED_OUT -> new TestBrowser(stage.origin(), "nobody");
      case EXPIRED -> expired();
    };
  }

  /** A browser's request with its cookie, or a program's with its key or token. */
  private HttpRequest.Builder shown(
      Row row, Fixture fixture, Persona persona, boolean byToken, String path) {
    Optional<String> key =
        byToken
            ? Optional.of(stage.accessTokenOf(browser(persona, fixture).user()))
            : key(row, fixture, persona);
    if (key.isPresent()) {
      return new TestBrowser(stage.origin(), "nobody")
          .request(path)
          .setHeader("Authorization", "Bearer " + key.get());
    }
    return browser(persona, fixture)
        .request(path)
        .setHeader("X-Coffer", "1")
        .setHeader("Sec-Fetch-Site", "same-origin");
  }

  private Optional<String> key(Row row, Fixture fixture, Persona persona) {
    boolean with = persona == Persona.KEY_WITH_SCOPE;
    if (!with && persona != Persona.KEY_WITHOUT_SCOPE) {
      return Optional.empty();
    }
    Set<Scope> scopes =
        Arrays.stream(Action.values())
            .filter(Action::isForPrograms)
            .filter(verb -> verb.word().equals(row.action()) == with)
            .map(verb -> new Scope(verb, Optional.empty()))
            .collect(Collectors.toSet());
    return Optional.of(stage.apiKeyOf(fixture.owner().user(), scopes));
  }

  private TestBrowser expired() {
    TestBrowser browser = stage.browserOf(Role.MEMBER);
    stage.expire(browser.user());
    return browser;
  }

  private int status(Row row, Fixture fixture, Persona persona, boolean byToken)
      throws IOException {
    String path =
        row.path()
            .replace(
                "{id}",
                row.path().startsWith("/api/sessions/") ? fixture.session() : fixture.workspace())
            .replace("{terminal}", "1")
            .replaceAll("\\{[a-zA-Z]+}", fixture.workspace());
    boolean reads = row.method().equals("GET");
    HttpResponse<InputStream> answer =
        TestBrowser.send(
            shown(row, fixture, persona, byToken, path)
                .setHeader("Content-Type", "application/json")
                .method(
                    row.method(),
                    reads ? BodyPublishers.noBody() : BodyPublishers.ofString(body(row))),
            BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  private static String body(Row row) {
    return switch (row.route()) {
      case "POST /api/workspaces", "DELETE /api/workspaces/{id}" -> "{\"name\":\"mine\"}";
      default -> "{}";
    };
  }
}
