// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.gateway.session.OpenSession;
import dev.cofferdam.gateway.signin.Browser;
import dev.cofferdam.gateway.signin.BrowserKey;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What stands in a socket ticket, between gateways only: as JSON, sealed, for half a minute.
 *
 * @param id of this ticket
 * @param issuer which gateway has issued it
 * @param issuedAt by its clock
 */
record SealedGrant(UUID id, UUID issuer, Instant issuedAt, SocketTickets.Grant grant) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String seal(TicketSeal seal) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id.toString()).put("issuer", issuer.toString());
    json.put("issuedAt", issuedAt.toString()).put("expiresAt", grant.expiresAt().toString());
    json.put("terminal", grant.terminal()).put("agentTicket", grant.agentTicket());
    write(json.putObject("browser"), grant.browser(), grant.session().workspace());
    write(json.putObject("session"), grant.session());
    try {
      return seal.seal(JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts can be written", e);
    }
  }

  /** Of its scopes those that can open a terminal there: 64 would not fit into a request line. */
  private static void write(ObjectNode json, Browser browser, WorkspaceId workspace) {
    json.put("key", browser.key().hash()).put("signIn", browser.signIn().toString());
    json.put("user", browser.user().toString()).put("name", browser.name());
    json.put("role", browser.role().wireName());
    json.put("expiresAt", browser.expiresAt().toString());
    browser
        .scopes()
        .ifPresent(
            scopes ->
                scopes.stream()
                    .filter(scope -> scope.verb() == Action.TERMINAL_USE)
                    .filter(scope -> scope.workspace().map(workspace::equals).orElse(true))
                    .forEach(scope -> json.withArray("scopes").add(scope.toString())));
    json.put("program", browser.scopes().isPresent());
  }

  private static void write(ObjectNode json, OpenSession session) {
    json.put("id", session.id().toString()).put("workspace", session.workspace().toString());
    json.put("user", session.user().toString()).put("sandbox", session.sandbox().toString());
    session.signIn().ifPresent(signIn -> json.put("signIn", signIn.toString()));
    json.put("socket", session.socket()).put("openedAt", session.openedAt());
  }

  /** Empty for what no gateway of this start has sealed. */
  static Optional<SealedGrant> open(TicketSeal seal, String text) {
    return seal.open(text).map(SealedGrant::read);
  }

  private static SealedGrant read(byte[] content) {
    try {
      JsonNode json = JSON.readTree(content);
      return new SealedGrant(
          UUID.fromString(json.path("id").asText()),
          UUID.fromString(json.path("issuer").asText()),
          Instant.parse(json.path("issuedAt").asText()),
          new SocketTickets.Grant(
              browser(json.path("browser")),
              session(json.path("session")),
              json.path("terminal").asInt(),
              json.path("agentTicket").asText(),
              Instant.parse(json.path("expiresAt").asText())));
    } catch (IOException e) {
      throw new IllegalStateException("it was written by a gateway", e);
    }
  }

  private static Browser browser(JsonNode json) {
    Set<Scope> scopes = new HashSet<>();
    json.path("scopes").forEach(word -> scopes.add(Scope.parse(word.asText())));
    return new Browser(
        new BrowserKey(json.path("key").asText()),
        UUID.fromString(json.path("signIn").asText()),
        UserId.parse(json.path("user").asText()),
        json.path("name").asText(),
        Role.parse(json.path("role").asText()),
        json.path("program").asBoolean() ? Optional.of(scopes) : Optional.empty(),
        Instant.parse(json.path("expiresAt").asText()));
  }

  private static OpenSession session(JsonNode json) {
    return new OpenSession(
        SessionId.parse(json.path("id").asText()),
        WorkspaceId.parse(json.path("workspace").asText()),
        UserId.parse(json.path("user").asText()),
        SandboxId.parse(json.path("sandbox").asText()),
        Optional.ofNullable(json.path("signIn").textValue()).map(UUID::fromString),
        json.path("socket").asText(),
        json.path("openedAt").asText());
  }

  @Override
  public String toString() {
    return "SealedGrant[" + grant + "]";
  }
}
