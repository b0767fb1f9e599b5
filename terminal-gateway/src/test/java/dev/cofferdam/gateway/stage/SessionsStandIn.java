// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.gateway.stage.PartStandIn.Call;
import dev.cofferdam.gateway.stage.PartStandIn.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for session-service. */
final class SessionsStandIn {
  private final PartStandIn part = new PartStandIn();
  private final AuthStandIn people;
  private final String credential;
  private final Map<String, Map<String, Object>> openSessions = new ConcurrentHashMap<>();
  private final List<String> over = new CopyOnWriteArrayList<>();

  /**
   * @param credential of a gateway that asks
   */
  SessionsStandIn(AuthStandIn people, String credential) {
    this.people = people;
    this.credential = credential;
    play();
  }

  PartStandIn part() {
    return part;
  }

  void end(String id) {
    over.add(id);
  }

  String add(String user, String workspace, String sandbox, String state) {
    return addSession(user, workspace, sandbox, state).get("id").toString();
  }

  void stayLocked(String workspace) {
    openSessions.values().stream()
        .filter(s -> s.get("workspaceId").equals(workspace))
        .forEach(s -> s.put("state", "LOCKED"));
  }

  String stateOf(String session) {
    return openSessions.get(session).get("state").toString();
  }

  Object reasonOf(String session) {
    return openSessions.get(session).get("reason");
  }

  private void play() {
    part.on("POST", "/sessions", this::open)
        .on(
            "GET",
            "/sessions",
            call ->
                people.ofOwn(
                    call,
                    "session-service",
                    Action.SESSION_LIST,
                    () ->
                        Reply.ok(
                            openSessions.values().stream()
                                .filter(
                                    s ->
                                        s.get("userId")
                                            .equals(AuthStandIn.user(call, "session-service")))
                                .filter(s -> !s.get("state").equals("LOCKED"))
                                .toList())))
        .on(
            "GET",
            "/storage",
            call ->
                Reply.ok(
                    Map.of(
                        "limitBytes",
                        5_000_000_000L,
                        "usedBytes",
                        1_200_000_000L,
                        "workspaces",
                        List.of(
                            Map.of(
                                "workspaceId",
                                "6f1d6c1e-3a55-4c0e-9d8e-0a7c1f6f2b11",
                                "usedBytes",
                                1_200_000_000L,
                                "full",
                                false)))))
        .on("GET", "/open-sessions", this::openOnes)
        .on("GET", "/storage/people", this::storageOfEverybody)
        .on("GET", "/sessions/([^/]+)", call -> ownSession(call, Action.SESSION_READ, Reply::ok))
        .on(
            "POST",
            "/sessions/([^/]+)/lock",
            call ->
                ownSession(
                    call,
                    Action.SESSION_LOCK,
                    s -> {
                      s.put("state", "LOCKING");
                      return Reply.ok(Map.of("state", "LOCKING", "lockTicket", "lock-ticket"));
                    }))
        .on(
            "POST",
            "/internal/sessions/([^/]+)/lock",
            call -> {
              openSessions.get(call.groups().getFirst()).put("state", "LOCKING");
              return Reply.ok(Map.of("state", "LOCKING", "lockTicket", "lock-ticket"));
            })
        .on(
            "POST",
            "/sessions/([^/]+)/tickets",
            call ->
                ownSession(
                    call, Action.TERMINAL_USE, s -> Reply.ok(Map.of("ticket", "terminal-ticket"))))
        .on("POST", "/internal/sessions/adopt", this::adopt)
        .on("POST", "/internal/sessions/lost", this::lost)
        .on("POST", "/internal/leases", this::renew)
        .on("DELETE", "/internal/storage/([^/]+)", call -> new Reply(204, null))
        .on("POST", "/internal/sessions/([^/]+)/opened", call -> become(call, "ACTIVE"))
        .on("POST", "/internal/sessions/([^/]+)/warned", call -> become(call, "WARNED"))
        .on("POST", "/internal/sessions/([^/]+)/resumed", call -> become(call, "ACTIVE"))
        .on("POST", "/internal/sessions/([^/]+)/(failed|locked|ended)", c -> become(c, "LOCKED"));
  }

  private Reply open(Call call) {
    String user = AuthStandIn.user(call, "session-service");
    String workspace = call.body().path("workspaceId").asText();
    Optional<Object> open =
        openSessions.values().stream()
            .filter(s -> s.get("workspaceId").equals(workspace))
            .map(s -> s.get("state"))
            .filter(state -> !state.equals("LOCKED"))
            .findFirst();
    if (open.isPresent()) {
      boolean isOpening = open.get().equals("OPENING");
      return Reply.problem(409, isOpening ? "session-opening" : "session-already-open");
    }
    Map<String, Object> session =
        addSession(user, workspace, call.body().path("sandboxId").asText(), "OPENING");
    session.put("signInId", call.bearer().split("/", 4)[2]);
    session.put("method", "ssh-key");
    session.put("credential", "SHA256:of-a-test");
    session.put("address", call.body().path("address").asText());
    return new Reply(
        201,
        Map.of(
            "sessionId",
            session.get("id"),
            "state",
            "OPENING",
            "wrappingToken",
            "wrapping-token",
            "openTicket",
            "open-ticket"));
  }

  private Reply lost(Call call) {
    String running = call.body().path("runningSandboxIds").toString();
    Instant openedBefore = Instant.parse(call.body().path("openedBefore").asText());
    List<Map<String, Object>> ended =
        openSessions.values().stream()
            .filter(s -> !s.get("state").equals("LOCKED"))
            .filter(s -> !running.contains(s.get("sandboxId").toString()))
            .filter(s -> Instant.parse(s.get("openedAt").toString()).isBefore(openedBefore))
            .toList();
    ended.forEach(s -> s.put("state", "LOCKED"));
    return Reply.ok(Map.of("ended", ended));
  }

  private Map<String, Object> addSession(
      String user, String workspace, String sandbox, String state) {
    Map<String, Object> session = new ConcurrentHashMap<>();
    session.put("id", UUID.randomUUID().toString());
    session.put("workspaceId", workspace);
    session.put("userId", user);
    session.put("sandboxId", sandbox);
    session.put("state", state);
    session.put("openedAt", Instant.now().toString());
    openSessions.put(session.get("id").toString(), session);
    return session;
  }

  private Reply ownSession(
      Call call, Action action, java.util.function.Function<Map<String, Object>, Reply> then) {
    Optional<Map<String, Object>> session =
        Optional.ofNullable(openSessions.get(call.groups().getFirst()));
    Optional<String> owner = session.map(s -> s.get("userId").toString());
    return people
        .refusal(call, "session-service", action, owner)
        .or(() -> session.map(then))
        .orElseGet(() -> Reply.problem(404, "not-found"));
  }

  private Reply openOnes(Call call) {
    return people
        .refusal(call, "session-service", Action.PERSON_SESSION_LIST, Optional.empty())
        .orElseGet(
            () ->
                Reply.ok(
                    openSessions.values().stream()
                        .filter(s -> !s.get("state").equals("LOCKED"))
                        .toList()));
  }

  private Reply storageOfEverybody(Call call) {
    return people
        .refusal(call, "session-service", Action.PERSON_STORAGE_LIST, Optional.empty())
        .orElseGet(
            () ->
                Reply.ok(
                    List.of(
                        Map.of(
                            "userId",
                            "6f1d6c1e-3a55-4c0e-9d8e-0a7c1f6f2b11",
                            "usedBytes",
                            1_200_000_000L,
                            "workspaces",
                            3))));
  }

  private Reply become(Call call, String state) {
    Map<String, Object> session = openSessions.get(call.groups().getFirst());
    if (session == null || !call.bearer().equals(credential)) {
      return Reply.problem(404, "not-found");
    }
    if (!session.get("state").equals("LOCKED")) {
      session.put("state", state);
    }
    if (state.equals("LOCKED")) {
      session.putIfAbsent("reason", call.body().path("reason").asText());
      session.putIfAbsent("lockedAt", Instant.now().toString());
    }
    return Reply.ok(session);
  }

  private Reply adopt(Call call) {
    List<Object> found = new ArrayList<>();
    call.body()
        .path("sandboxIds")
        .forEach(
            id ->
                openSessions.values().stream()
                    .filter(s -> s.get("sandboxId").equals(id.asText()))
                    .filter(s -> !s.get("state").equals("LOCKED"))
                    .forEach(found::add));
    return Reply.ok(Map.of("sessions", found));
  }

  private Reply renew(Call call) {
    List<Object> renewals = new ArrayList<>();
    call.body()
        .path("sandboxes")
        .forEach(
            held -> {
              String id = held.path("sessionId").asText();
              Map<String, Object> renewal = new HashMap<>();
              renewal.put("sessionId", id);
              renewal.put("ended", over.contains(id));
              renewal.put("renewTicket", over.contains(id) ? null : "renew-ticket");
              renewals.add(renewal);
            });
    return Reply.ok(Map.of("sessions", renewals));
  }
}
