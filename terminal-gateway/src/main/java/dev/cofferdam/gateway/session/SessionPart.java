// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.edge.PartClient;
import dev.cofferdam.gateway.limit.PresentAddress;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What session-service answers: to a person's token, and to the gateway itself. Blocks. */
@Singleton
public class SessionPart {
  private final PartClient part;
  private final PresentAddress client;
  private final String credential;

  SessionPart(
      Vertx vertx,
      ObjectMapper json,
      PresentAddress client,
      @ConfigProperty(name = "coffer.session.url", defaultValue = "http://127.0.0.1:1")
          List<URI> urls,
      @ConfigProperty(name = "coffer.call.session.secret") Optional<String> credential) {
    part = new PartClient(vertx, "session-service", urls, json, client);
    this.client = client;
    this.credential = credential.orElse("");
  }

  /** Ticket and token are for the agent alone; never kept, never printed. */
  record Opening(SessionId session, String wrappingToken, String openTicket) {
    @Override
    public String toString() {
      return "Opening[" + session + "]";
    }
  }

  /** Either a ticket for the agent, or the box has to go. */
  record Renewal(SessionId session, Optional<String> ticket) {
    @Override
    public String toString() {
      return "Renewal[" + session + "]";
    }
  }

  /**
   * Takes longer than other answers: a key has to be asked for meanwhile.
   *
   * @param longest until there is an answer
   */
  Opening open(Opener opener, WorkspaceId workspace, SandboxId sandbox, Duration longest) {
    JsonNode answer =
        part.call(
            "POST",
            "/sessions",
            opener.bearer(),
            Map.of(
                "workspaceId",
                workspace.toString(),
                "sandboxId",
                sandbox.toString(),
                "address",
                opener.address()),
            longest);
    return new Opening(
        SessionId.parse(answer.path("sessionId").asText()),
        answer.path("wrappingToken").asText(),
        answer.path("openTicket").asText());
  }

  /**
   * Whether nothing may open.
   *
   * @throws ProblemException 403 unless it is the token of an owner
   */
  public JsonNode emergencyStop(String bearer) {
    return part.call("GET", "/emergency-stop", bearer, null);
  }

  /**
   * Lets nothing open and ends what is open, or lifts that; the token as above.
   *
   * @param sealing said in its event: Vault is sealed behind it
   */
  public JsonNode emergencyStop(String bearer, boolean stopped, boolean sealing) {
    Map<String, Boolean> body = Map.of("stopped", stopped, "sealing", sealing);
    return part.call("POST", "/emergency-stop", bearer, body);
  }

  /**
   * Asks for, plans or ends maintenance.
   *
   * @param plan for a PUT
   */
  public JsonNode maintenance(
      String method, String bearer, @Nullable Map<String, @Nullable Object> plan) {
    return part.call(method, "/maintenance", bearer, plan);
  }

  StorageAnswer storage(String bearer) {
    return StorageAnswer.of(part.call("GET", "/storage", bearer, null));
  }

  /**
   * @throws ProblemException 403 unless it is the token of an owner or admin
   */
  List<PersonStorage> storageOfEverybody(String bearer) {
    List<PersonStorage> all = new ArrayList<>();
    part.call("GET", "/storage/people", bearer, null)
        .forEach(
            one ->
                all.add(
                    new PersonStorage(
                        one.path("userId").asText(),
                        one.path("usedBytes").asLong(),
                        one.path("workspaces").asLong())));
    return List.copyOf(all);
  }

  List<SessionAnswer> list(String bearer) {
    return answers(part.call("GET", "/sessions", bearer, null));
  }

  /**
   * @throws ProblemException 403 unless it is the token of an owner or admin
   */
  List<SessionAnswer> listOfEverybody(String bearer) {
    return answers(part.call("GET", "/open-sessions", bearer, null));
  }

  /** An open one, whoever it belongs to; the token as above. */
  Optional<SessionAnswer> findOfEverybody(String bearer, SessionId id) {
    return listOfEverybody(bearer).stream().filter(s -> s.id().equals(id.toString())).findFirst();
  }

  /** Whether one of the person's open sessions is of this workspace. */
  public boolean isOpen(String bearer, WorkspaceId workspace) {
    return list(bearer).stream().anyMatch(s -> s.workspaceId().equals(workspace.toString()));
  }

  /**
   * The person's own session.
   *
   * @throws ProblemException 404 for one that is unknown or another's
   */
  SessionAnswer require(String bearer, SessionId id) {
    return SessionAnswer.of(part.call("GET", "/sessions/" + id, bearer, null));
  }

  /** The ticket that locks; empty if the session is over. */
  Optional<String> lock(String bearer, SessionId id) {
    JsonNode answer = part.call("POST", "/sessions/" + id + "/lock", bearer, Map.of());
    return Optional.ofNullable(answer.path("lockTicket").textValue());
  }

  /**
   * The same for a session whose sign-in has ended, so that nobody has a token for it.
   *
   * @param ending its reason is a stable word; one that session-service has already stays
   */
  Optional<String> lock(SessionId id, Ending ending) {
    JsonNode answer = tell(id, "lock", ending);
    return Optional.ofNullable(answer.path("lockTicket").textValue());
  }

  /** A ticket for one thing done with a terminal. */
  public String terminalTicket(String bearer, SessionId id) {
    return part.call("POST", "/sessions/" + id + "/tickets", bearer, Map.of("action", "terminal"))
        .path("ticket")
        .asText();
  }

  SessionAnswer opened(SessionId id) {
    return SessionAnswer.of(internal("/internal/sessions/" + id + "/opened", Map.of()));
  }

  /** Nobody has done anything in it for a while. */
  void warned(SessionId id, int secondsLeft) {
    internal("/internal/sessions/" + id + "/warned", Map.of("secondsLeft", secondsLeft));
  }

  /** Somebody has done something in time. */
  void resumed(SessionId id) {
    internal("/internal/sessions/" + id + "/resumed", Map.of());
  }

  /** {@code kind} is the last part of the route: failed, locked or ended. */
  SessionAnswer report(SessionId id, String kind, Ending ending) {
    return SessionAnswer.of(tell(id, kind, ending));
  }

  /** From where the person asked who ends it, whoever this thread works for now. */
  private JsonNode tell(SessionId id, String kind, Ending ending) {
    Map<String, String> body = new HashMap<>(Map.of("reason", ending.reason()));
    ending.by().ifPresent(by -> body.put("by", by.user().toString()));
    ending.by().ifPresent(by -> body.put("credential", by.credential()));
    return client.as(
        ending.by().map(Locker::address).orElse(""),
        () -> internal("/internal/sessions/" + id + "/" + kind, body));
  }

  List<SessionAnswer> adopt(Collection<SandboxId> sandboxes) {
    List<String> ids = sandboxes.stream().map(SandboxId::toString).toList();
    return answers(
        internal("/internal/sessions/adopt", Map.of("sandboxIds", ids)).path("sessions"));
  }

  /** Ends sessions from before that time whose box is none of those that run. */
  List<SessionAnswer> lost(Collection<SandboxId> running, Instant openedBefore) {
    List<String> ids = running.stream().map(SandboxId::toString).toList();
    return answers(
        internal(
                "/internal/sessions/lost",
                Map.of("runningSandboxIds", ids, "openedBefore", openedBefore.toString()))
            .path("ended"));
  }

  /**
   * @param counted what the workspace of a session took when it was last counted
   */
  List<Renewal> renew(
      Collection<OpenSession> held, Function<SessionId, Optional<ControlAnswer.Storage>> counted) {
    List<Map<String, Object>> pairs =
        held.stream().map(session -> held(session, counted.apply(session.id()))).toList();
    List<Renewal> renewals = new ArrayList<>();
    internal("/internal/leases", Map.of("sandboxes", pairs))
        .path("sessions")
        .forEach(
            json ->
                renewals.add(
                    new Renewal(
                        SessionId.parse(json.path("sessionId").asText()),
                        Optional.ofNullable(json.path("renewTicket").textValue()))));
    return renewals;
  }

  private static Map<String, Object> held(
      OpenSession session, Optional<ControlAnswer.Storage> counted) {
    Map<String, Object> held = new HashMap<>();
    held.put("sessionId", session.id().toString());
    held.put("sandboxId", session.sandbox().toString());
    counted.ifPresent(
        c -> held.put("storage", Map.of("usedBytes", c.usedBytes(), "full", c.isFull())));
    return held;
  }

  /** The ciphertext of a workspace is gone. */
  public void cleared(WorkspaceId workspace) {
    part.call("DELETE", "/internal/storage/" + workspace, credential, null);
  }

  private JsonNode internal(String path, Object body) {
    return part.call("POST", path, credential, body);
  }

  private static List<SessionAnswer> answers(JsonNode list) {
    List<SessionAnswer> all = new ArrayList<>();
    list.forEach(json -> all.add(SessionAnswer.of(json)));
    return all;
  }
}
