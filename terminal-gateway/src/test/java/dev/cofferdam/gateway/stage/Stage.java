// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decision;
import dev.cofferdam.decisions.Decisions;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.gateway.stage.PartStandIn.Call;
import dev.cofferdam.gateway.stage.PartStandIn.Reply;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.testkit.BaoServer;
import dev.cofferdam.testkit.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is around a gateway, standing in: three services, a sandbox-host and its agents. One for all
 * tests of this module; each test brings people and workspaces of its own.
 */
public final class Stage implements QuarkusTestResourceLifecycleManager {
  private static final String CREDENTIAL = SecretBytes.random(16).toBase64Url();

  private static final String NOBODY = "nobody";

  private final PartStandIn auth = new PartStandIn();
  private final PartStandIn sessions = new PartStandIn();
  private final PartStandIn workspaces = new PartStandIn();
  private final HostStandIn host = new HostStandIn();
  private final BaoServer vault = BaoServer.start();
  private final int port = FreePort.pick();

  private final Map<String, String> links = new ConcurrentHashMap<>();
  private final Map<String, String> cookies = new ConcurrentHashMap<>();
  private final Map<String, Program> apiKeys = new ConcurrentHashMap<>();
  private final Map<String, Role> roles = new ConcurrentHashMap<>();
  private final Map<String, String> signIns = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> ownWorkspaces = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> openSessions = new ConcurrentHashMap<>();
  private final List<String> leftovers = new CopyOnWriteArrayList<>();
  private final Set<String> switchedOff = ConcurrentHashMap.newKeySet();
  private final Set<String> confused = ConcurrentHashMap.newKeySet();
  private final Map<String, String> reasons = new ConcurrentHashMap<>();
  private final List<String> overSessions = new CopyOnWriteArrayList<>();
  private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
  private volatile Duration browserSessionLife = Duration.ofHours(12);

  @Override
  public Map<String, String> start() {
    playAuth();
    playWorkspaces();
    playSessions();
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.http.test-port", Integer.toString(port));
    settings.put("coffer.public.origin", origin());
    settings.putAll(vault.identitySettings("gateway"));
    settings.put("coffer.auth.url", auth.address().toString());
    settings.put("coffer.session.url", sessions.address().toString());
    settings.put("coffer.workspace.url", workspaces.address().toString());
    settings.put("coffer.sandbox-host.socket", host.socket().toString());
    for (String part : List.of("auth", "session", "workspace")) {
      settings.put("coffer.call." + part + ".secret", CREDENTIAL);
    }
    settings.put("coffer.lease.every", "1s");
    settings.put("coffer.leftovers.every", "1s");
    settings.put("coffer.terminal.patience-seconds", "2");
    settings.put("coffer.terminal.silence-seconds", "3");
    settings.put("coffer.terminal.most-sockets-of-a-user", "20");
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(Stage.class));
  }

  @Override
  public void stop() {
    host.stop();
    vault.close();
    List.of(auth, sessions, workspaces).forEach(PartStandIn::close);
  }

  public String origin() {
    return "http://localhost:" + port;
  }

  public int port() {
    return port;
  }

  public PartStandIn auth() {
    return auth;
  }

  public PartStandIn sessions() {
    return sessions;
  }

  public PartStandIn workspaces() {
    return workspaces;
  }

  public HostStandIn host() {
    return host;
  }

  /** A one-time link's token for this person. */
  public String link(String user) {
    String token = SecretBytes.random(32).toBase64Url();
    links.put(token, user);
    return token;
  }

  /** A signed-in browser of a person of his own. */
  public TestBrowser newBrowser() {
    return browserOf(UUID.randomUUID().toString());
  }

  public TestBrowser browserOf(String user) {
    TestBrowser browser = new TestBrowser(origin(), user);
    browser.signIn(link(user));
    return browser;
  }

  private record Program(String user, Set<Scope> scopes) {}

  /** A key of a program that acts for this person, good for all that a key can be for. */
  public String apiKeyOf(String user) {
    return apiKeyOf(
        user,
        Arrays.stream(Action.values())
            .filter(Action::isForPrograms)
            .map(verb -> new Scope(verb, Optional.empty()))
            .collect(Collectors.toSet()));
  }

  /** What this person's own program has from signing in with their SSH key. */
  public String accessTokenOf(String user) {
    String token = "eyJ0eXAi." + SecretBytes.random(32).toBase64Url() + ".c2lnbmF0dXJl";
    cookies.put(token, user);
    return token;
  }

  /** The token's minutes are over; the sign-in that it was issued for goes on. */
  public void expireToken(String accessToken) {
    cookies.remove(accessToken);
  }

  /** One that is good for this and nothing else. */
  public String apiKeyOf(String user, Set<Scope> scopes) {
    String key = "coffer_" + UUID.randomUUID().toString().replace("-", "") + "0".repeat(17);
    apiKeys.put(key, new Program(user, scopes));
    return key;
  }

  /**
   * A browser of a person of his own who has this role. It was signed in long ago: signing in is
   * limited, and some tests need hundreds.
   */
  public TestBrowser browserOf(Role role) {
    String user = UUID.randomUUID().toString();
    become(user, role);
    String secret = SecretBytes.random(32).toBase64Url();
    cookies.put(secret, user);
    return new TestBrowser(origin(), user, secret);
  }

  /** Everybody is an owner until this says something else. */
  public void become(String user, Role role) {
    roles.put(user, role);
  }

  /** Their account is switched off; its keys work again once it is on. */
  public void switchOff(String user) {
    switchedOff.add(user);
    cookies.values().removeIf(user::equals);
  }

  public void switchOn(String user) {
    switchedOff.remove(user);
  }

  /** auth-service answers for this person what makes no sense. */
  public void confuse(String user) {
    confused.add(user);
  }

  /** auth-service knows this person's cookies no longer. */
  public void expire(String user) {
    cookies.values().removeIf(user::equals);
  }

  /** Happens once, while the next answer about this person is on its way. */
  public void beforeATokenArrives(String user, Runnable happens) {
    meanwhile.put(user, happens);
  }

  /** How long browser sessions of tokens from now on last. */
  public void browserSessionsLast(Duration life) {
    browserSessionLife = life;
  }

  /** A workspace of this person's. */
  public String workspaceOf(String user) {
    String id = UUID.randomUUID().toString();
    addWorkspace(user, id, "w-" + id.substring(0, 8));
    return id;
  }

  /** workspace-service remembers that the ciphertext of this one may be left. */
  public void leave(String workspace) {
    leftovers.add(workspace);
  }

  public boolean isLeft(String workspace) {
    return leftovers.contains(workspace);
  }

  /** session-service says that this one is over. */
  public void endSession(String id) {
    overSessions.add(id);
  }

  /** A session that session-service knows of before the gateway does. */
  public String sessionIn(String user, String workspace, String sandbox, String state) {
    return addSession(user, workspace, sandbox, state).get("id").toString();
  }

  /** Sessions of this workspace are locked from now on, whatever is reported. */
  public void sessionsStayLocked(String workspace) {
    openSessions.values().stream()
        .filter(s -> s.get("workspaceId").equals(workspace))
        .forEach(s -> s.put("state", "LOCKED"));
  }

  public String stateOf(String session) {
    return openSessions.get(session).get("state").toString();
  }

  public Object reasonOf(String session) {
    return openSessions.get(session).get("reason");
  }

  private void playAuth() {
    auth.on("POST", "/internal/sign-ins", this::signIn)
        .on("POST", "/internal/tokens", this::token)
        .on(
            "POST",
            "/internal/sign-outs",
            call -> {
              end(call.body().path("secret").asText());
              return new Reply(204, null);
            })
        .on("POST", "/internal/over", this::over)
        .on("POST", "/internal/refusals", call -> new Reply(204, null))
        .on(
            "GET",
            "/sign-ins",
            call -> ofOwn(call, "auth-service", Action.SIGN_INS_READ, () -> Reply.ok(List.of())))
        .on("DELETE", "/devices/([^/]+)", this::endDevice);
  }

  private void end(String secret) {
    cookies.remove(secret);
    signIns.remove(secret);
  }

  private Reply over(Call call) {
    List<String> ended = new ArrayList<>();
    call.body().path("signIns").forEach(id -> ended.add(id.asText()));
    signIns.forEach(
        (shown, id) -> {
          Program program = apiKeys.get(shown);
          if (program == null || !switchedOff.contains(program.user())) {
            ended.remove(id);
          }
        });
    Map<String, String> why = new HashMap<>(reasons);
    why.keySet().retainAll(ended);
    return Reply.ok(Map.of("ended", ended, "reasons", why));
  }

  private Reply endDevice(Call call) {
    String device = call.groups().getFirst();
    String user = user(call, "auth-service");
    for (Map.Entry<String, String> signIn : signIns.entrySet()) {
      if (signIn.getValue().equals(device) && user.equals(cookies.get(signIn.getKey()))) {
        end(signIn.getKey());
        return Reply.ok(Map.of("ended", List.of(device)));
      }
    }
    return Reply.problem(404, "not-found");
  }

  /** What auth-service calls this browser's session. */
  public String signInOf(TestBrowser browser) {
    return signIns.get(secret(browser));
  }

  /** auth-service has ended it, and nobody has told the gateway yet. */
  public void endSilently(TestBrowser browser) {
    end(secret(browser));
  }

  /** The same for a reason, which is told to who asks. */
  public void endSilently(TestBrowser browser, String reason) {
    reasons.put(signInOf(browser), reason);
    endSilently(browser);
  }

  private static String secret(TestBrowser browser) {
    return browser.cookie().split("=", 2)[1];
  }

  private Reply signIn(Call call) {
    if (!call.bearer().equals(CREDENTIAL)) {
      return Reply.problem(403, "refused");
    }
    String user = links.remove(call.body().path("linkToken").asText());
    if (user == null) {
      return Reply.problem(410, "link-unknown");
    }
    String secret = SecretBytes.random(32).toBase64Url();
    cookies.put(secret, user);
    signIns.put(secret, UUID.randomUUID().toString());
    return new Reply(
        201,
        Map.of("browserSession", Map.of("id", "b", "secret", secret), "user", Map.of("id", user)));
  }

  private Reply token(Call call) {
    boolean isProgram = call.body().has("apiKey");
    String presented =
        Stream.of("apiKey", "accessToken", "secret")
            .map(member -> call.body().path(member).asText())
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    Program program = isProgram ? apiKeys.get(presented) : null;
    String user = program == null ? cookies.get(presented) : program.user();
    if (user == null || switchedOff.contains(user)) {
      return Reply.problem(401, "signed-out");
    }
    if (confused.contains(user)) {
      return Reply.ok(Map.of("expiresAt", "some day"));
    }
    String audience = call.body().path("audience").asText();
    Map<String, Object> reply = new HashMap<>();
    String signIn = signIns.computeIfAbsent(presented, p -> UUID.randomUUID().toString());
    String bearer = user + "/" + audience + "/" + signIn;
    reply.put("accessToken", bearer);
    reply.put("expiresAt", Instant.now().plusSeconds(300).toString());
    reply.put("user", Map.of("id", user, "name", "owner", "role", role(user).wireName()));
    reply.put("signIn", signIn);
    reply.put("signInExpiresAt", Instant.now().plus(browserSessionLife).toString());
    if (program == null) {
      reply.put("scopes", null);
    } else {
      List<String> scopes = program.scopes().stream().map(Scope::toString).toList();
      reply.put("scopes", scopes);
      reply.put("accessToken", bearer + "/" + String.join(" ", scopes));
    }
    Optional.ofNullable(meanwhile.remove(user)).ifPresent(Runnable::run);
    return Reply.ok(reply);
  }

  private Role role(String user) {
    return roles.getOrDefault(user, Role.OWNER);
  }

  /** As the services do: empty if this caller may, else the refusal. */
  private Optional<Reply> refusal(
      Call call, String audience, Action action, Optional<String> owner) {
    if (user(call, audience).equals(NOBODY)) {
      return Optional.of(Reply.problem(401, "signed-out"));
    }
    Resource resource =
        owner
            .map(id -> Resource.of(action.kind(), UserId.parse(id)))
            .orElseGet(() -> Resource.unknown(action.kind()));
    return switch (Decisions.decide(asking(call, audience), action, resource)) {
      case Decision.Allowed a -> Optional.empty();
      case Decision.Refused r when r.answer() == Decision.Answer.HIDDEN ->
          Optional.of(Reply.problem(404, "not-found"));
      case Decision.Refused r -> Optional.of(Reply.problem(403, "refused"));
    };
  }

  private Subject asking(Call call, String audience) {
    String user = user(call, audience);
    String[] parts = call.bearer().split("/", 4);
    if (parts.length < 4) {
      return new Subject.Person(UserId.parse(user), role(user));
    }
    Set<Scope> scopes =
        Arrays.stream(parts[3].split(" ", -1))
            .filter(word -> !word.isEmpty())
            .map(Scope::parse)
            .collect(Collectors.toSet());
    return new Subject.Program(UserId.parse(user), role(user), scopes);
  }

  private Reply ofOwn(
      Call call, String audience, Action action, java.util.function.Supplier<Reply> then) {
    return refusal(call, audience, action, Optional.of(user(call, audience))).orElseGet(then);
  }

  private static String user(Call call, String audience) {
    String[] parts = call.bearer().split("/", 4);
    return parts.length >= 3 && parts[1].equals(audience) ? parts[0] : NOBODY;
  }

  private void playWorkspaces() {
    workspaces
        .on(
            "GET",
            "/workspaces",
            call ->
                ofOwn(
                    call,
                    "workspace-service",
                    Action.WORKSPACE_LIST,
                    () ->
                        Reply.ok(
                            ownWorkspaces.values().stream()
                                .filter(w -> w.get("owner").equals(user(call, "workspace-service")))
                                .toList())))
        .on(
            "POST",
            "/workspaces",
            call ->
                ofOwn(
                    call,
                    "workspace-service",
                    Action.WORKSPACE_CREATE,
                    () ->
                        new Reply(
                            201,
                            addWorkspace(
                                user(call, "workspace-service"),
                                UUID.randomUUID().toString(),
                                call.body().path("name").asText()))))
        .on(
            "GET",
            "/workspaces/([^/]+)",
            call -> own(call, Action.WORKSPACE_READ, w -> Reply.ok(w)))
        .on("GET", "/internal/leftovers", call -> Reply.ok(Map.of("workspaceIds", leftovers)))
        .on(
            "DELETE",
            "/internal/leftovers/([^/]+)",
            call -> {
              leftovers.remove(call.groups().getFirst());
              return new Reply(204, null);
            })
        .on(
            "DELETE",
            "/workspaces/([^/]+)",
            call ->
                own(
                    call,
                    Action.WORKSPACE_DELETE,
                    w -> {
                      ownWorkspaces.remove(w.get("id").toString());
                      leftovers.add(w.get("id").toString());
                      return Reply.ok(
                          Map.of(
                              "transitKeyDeleted",
                              true,
                              "wrappedKeyDeleted",
                              true,
                              "ciphertext",
                              "requested"));
                    }));
  }

  private Map<String, Object> addWorkspace(String user, String id, String name) {
    Map<String, Object> workspace = new LinkedHashMap<>();
    workspace.put("id", id);
    workspace.put("owner", user);
    workspace.put("name", name);
    workspace.put("createdAt", "2026-01-01T00:00:00Z");
    workspace.put("lastOpenedAt", null);
    workspace.put("lastOpenedBy", null);
    workspace.put("openNow", false);
    workspace.put("initialised", false);
    ownWorkspaces.put(id, workspace);
    return workspace;
  }

  private Reply own(
      Call call, Action action, java.util.function.Function<Map<String, Object>, Reply> then) {
    Optional<Map<String, Object>> workspace =
        Optional.ofNullable(ownWorkspaces.get(call.groups().getFirst()));
    Optional<String> owner = workspace.map(w -> w.get("owner").toString());
    return refusal(call, "workspace-service", action, owner)
        .or(() -> workspace.map(then))
        .orElseGet(() -> Reply.problem(404, "not-found"));
  }

  private void playSessions() {
    sessions
        .on("POST", "/sessions", this::open)
        .on(
            "GET",
            "/sessions",
            call ->
                ofOwn(
                    call,
                    "session-service",
                    Action.SESSION_LIST,
                    () ->
                        Reply.ok(
                            openSessions.values().stream()
                                .filter(s -> s.get("userId").equals(user(call, "session-service")))
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
    String user = user(call, "session-service");
    String workspace = call.body().path("workspaceId").asText();
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
    return refusal(call, "session-service", action, owner)
        .or(() -> session.map(then))
        .orElseGet(() -> Reply.problem(404, "not-found"));
  }

  private Reply openOnes(Call call) {
    return refusal(call, "session-service", Action.PERSON_SESSION_LIST, Optional.empty())
        .orElseGet(
            () ->
                Reply.ok(
                    openSessions.values().stream()
                        .filter(s -> !s.get("state").equals("LOCKED"))
                        .toList()));
  }

  private Reply storageOfEverybody(Call call) {
    return refusal(call, "session-service", Action.PERSON_STORAGE_LIST, Optional.empty())
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
    if (session == null || !call.bearer().equals(CREDENTIAL)) {
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
              renewal.put("ended", overSessions.contains(id));
              renewal.put("renewTicket", overSessions.contains(id) ? null : "renew-ticket");
              renewals.add(renewal);
            });
    return Reply.ok(Map.of("sessions", renewals));
  }
}
