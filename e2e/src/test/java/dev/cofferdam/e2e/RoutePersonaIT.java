// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.testkit.permission.Answered;
import dev.cofferdam.testkit.permission.PermissionTable;
import dev.cofferdam.testkit.permission.PermissionTable.Row;
import dev.cofferdam.testkit.permission.Persona;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Rule Z1 with all parts there are: each route that only reads is asked through the public door by
 * each persona, and answers as docs/api/permissions.md says. Each service's PersonaIT tries the
 * others, with something behind it that stands in for the rest.
 */
@ExtendWith(SharedCoffer.class)
class RoutePersonaIT {
  /** Not asked here: the upgrade of a socket, which a ticket decides. */
  private static final String UPGRADE = "GET /api/terminal";

  /** A verb of no route that only reads. */
  private static final String OTHER_VERB = "workspace.create";

  private final Map<Persona, Function<String, Request>> personas = new EnumMap<>(Persona.class);
  private ApiClient owner;
  private String member;
  private String workspace;
  private String session;
  private String serviceAccount;

  @Test
  void eachRouteThatReadsAnswersEachPersonaAsTheTableSays(Coffer coffer) {
    meet(coffer);
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (Row row : PermissionTable.ofService("terminal-gateway")) {
      if (!row.method().equals("GET") || row.route().equals(UPGRADE)) {
        continue;
      }
      for (Map.Entry<Persona, Function<String, Request>> persona : personas.entrySet()) {
        int status = RawHttp.status(coffer.port(), persona.getValue().apply(path(row)));
        String cell = row.answers().get(persona.getKey());
        asked++;
        if (!answered(row, cell, status)) {
          wrong.add(row.route() + " " + persona.getKey() + ": " + cell + ", not " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(Persona.values().length * 30);
    owner.lock(session);
  }

  private void meet(Coffer coffer) {
    owner = ApiClient.signedIn(coffer);
    ApiClient its = add(coffer, "member");
    member = its.read("/api/me").at("/user/id").asText();
    workspace = its.createWorkspace("asked for");
    serviceAccount =
        made(owner, "/api/service-accounts", "{\"name\":\"robot%d\"}".formatted(System.nanoTime()))
            .path("id")
            .asText();
    personas.put(Persona.ITS_OWNER, its::get);
    personas.put(Persona.ANOTHER_MEMBER, add(coffer, "member")::get);
    personas.put(Persona.ADMIN, add(coffer, "admin")::get);
    personas.put(Persona.OWNER, owner::get);
    personas.put(Persona.AUDITOR, add(coffer, "auditor")::get);
    personas.put(Persona.KEY_WITH_SCOPE, holding(its, key(its, verbsThatRead())));
    personas.put(Persona.KEY_WITHOUT_SCOPE, holding(its, key(its, Stream.of(OTHER_VERB))));
    personas.put(Persona.SIGNED_OUT, ApiClient.stranger(coffer)::get);
    personas.put(Persona.EXPIRED, over(coffer)::get);
    // The last of all: it locks when nobody does anything in it.
    session = its.unlock(workspace);
  }

  /** Somebody new of this role, signed in by a link. */
  private ApiClient add(Coffer coffer, String role) {
    String name = role + System.nanoTime();
    made(owner, "/api/people", "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
    Command.Result link = coffer.command("link").and(name).run();
    assertThat(link.status()).as(link.said()).isZero();
    return ApiClient.stranger(coffer).byLink(link.out().strip());
  }

  /** The one whose time is over has a cookie of a sign-in that has ended. */
  private static ApiClient over(Coffer coffer) {
    ApiClient gone = ApiClient.signedIn(coffer);
    assertThat(gone.send(gone.post("/api/sign-out", "{}")).status()).isEqualTo(204);
    return gone;
  }

  /** What takes a key with the scope and no other; one key has them all. */
  private static Stream<String> verbsThatRead() {
    return PermissionTable.ofService("terminal-gateway").stream()
        .filter(row -> row.method().equals("GET"))
        .filter(row -> row.answers().get(Persona.KEY_WITH_SCOPE).equals("yes"))
        .filter(row -> !row.answers().get(Persona.KEY_WITHOUT_SCOPE).equals("yes"))
        .map(Row::action)
        .distinct();
  }

  private static String key(ApiClient its, Stream<String> verbs) {
    String scopes =
        verbs.map("{\"verb\":\"%s\"}"::formatted).collect(Collectors.joining(",", "[", "]"));
    String until = Instant.now().plus(Duration.ofDays(1)).toString();
    String words = "{\"name\":\"asking\",\"scopes\":%s,\"expiresAt\":\"%s\"}";
    return made(its, "/api/api-keys", words.formatted(scopes, until)).path("key").asText();
  }

  private static Function<String, Request> holding(ApiClient of, String key) {
    String host = URI.create(of.origin()).getAuthority();
    return path ->
        Request.of("GET", path).with("Host", host).with("Authorization", "Bearer " + key);
  }

  private static JsonNode made(ApiClient by, String path, String json) {
    Reply reply = by.send(by.post(path, json));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json();
  }

  private String path(Row row) {
    return row.path()
        .replace("/workspaces/{id}", "/workspaces/" + workspace)
        .replace("/sessions/{id}", "/sessions/" + session)
        .replace("/people/{id}", "/people/" + member)
        .replace("/service-accounts/{id}", "/service-accounts/" + serviceAccount)
        .replaceAll("\\{[a-zA-Z]+}", "0");
  }

  /** Of providers there are none: what is wrong with signing in is no refusal of the route. */
  private static boolean answered(Row row, String cell, int status) {
    boolean proof = row.path().startsWith("/api/sign-in/providers/");
    return Answered.as(cell, status) || (proof && status >= 400 && status < 500);
  }
}
