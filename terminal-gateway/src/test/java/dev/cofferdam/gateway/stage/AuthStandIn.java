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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stands in for auth-service: people, how they are signed in, and what each may do. */
final class AuthStandIn {
  /** What everybody is signed in with. */
  static final String CREDENTIAL = "SHA256:of-a-test";

  private static final String NOBODY = "nobody";

  private record Program(String user, Set<Scope> scopes) {}

  private final PartStandIn part = new PartStandIn();
  private final String credential;
  private final Map<String, String> links = new ConcurrentHashMap<>();
  private final Map<String, String> cookies = new ConcurrentHashMap<>();
  private final Map<String, Program> apiKeys = new ConcurrentHashMap<>();
  private final Map<String, Role> roles = new ConcurrentHashMap<>();
  private final Map<String, String> signIns = new ConcurrentHashMap<>();
  private final Map<String, String> reasons = new ConcurrentHashMap<>();
  private final Set<String> switchedOff = ConcurrentHashMap.newKeySet();
  private final Set<String> confused = ConcurrentHashMap.newKeySet();
  private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
  private volatile Duration browserSessionLife = Duration.ofHours(12);

  /**
   * @param credential of a gateway that asks
   */
  AuthStandIn(String credential) {
    this.credential = credential;
    play();
  }

  PartStandIn part() {
    return part;
  }

  String link(String user) {
    String token = SecretBytes.random(32).toBase64Url();
    links.put(token, user);
    return token;
  }

  String apiKeyOf(String user) {
    return apiKeyOf(
        user,
        Arrays.stream(Action.values())
            .filter(Action::isForPrograms)
            .map(verb -> new Scope(verb, Optional.empty()))
            .collect(Collectors.toSet()));
  }

  String accessTokenOf(String user) {
    String token =
        "eyJ0eXAi."
            + SecretBytes.random(32).toBase64Url()
            + "."
            + SecretBytes.random(64).toBase64Url();
    cookies.put(token, user);
    return token;
  }

  void expireToken(String accessToken) {
    cookies.remove(accessToken);
  }

  String apiKeyOf(String user, Set<Scope> scopes) {
    String key = "coffer_" + UUID.randomUUID().toString().replace("-", "") + "0".repeat(17);
    apiKeys.put(key, new Program(user, scopes));
    return key;
  }

  /** The secret of a browser that was signed in long ago. */
  String admit(String user) {
    String secret = SecretBytes.random(32).toBase64Url();
    cookies.put(secret, user);
    return secret;
  }

  /** What a browser's session of this secret is called. */
  String signInOf(String secret) {
    return signIns.get(secret);
  }

  void become(String user, Role role) {
    roles.put(user, role);
  }

  void switchOff(String user) {
    switchedOff.add(user);
    cookies.values().removeIf(user::equals);
  }

  void switchOn(String user) {
    switchedOff.remove(user);
  }

  void confuse(String user) {
    confused.add(user);
  }

  void expire(String user) {
    cookies.values().removeIf(user::equals);
  }

  void beforeATokenArrives(String user, Runnable happens) {
    meanwhile.put(user, happens);
  }

  void browserSessionsLast(Duration life) {
    browserSessionLife = life;
  }

  private void play() {
    part.on("POST", "/internal/sign-ins", this::signIn)
        .on("POST", "/internal/tokens", this::token)
        .on("POST", "/internal/refreshes", this::refresh)
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

  /** What is answered to who asks why a sign-in is over. */
  void overBecause(String signIn, String reason) {
    reasons.put(signIn, reason);
  }

  void end(String secret) {
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

  private Reply signIn(Call call) {
    if (!call.bearer().equals(credential)) {
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

  /** Whose token it is, it says itself. */
  private Reply refresh(Call call) {
    String user = call.body().path("refreshToken").asText();
    String later = Instant.now().plusSeconds(300).toString();
    return Reply.ok(
        Map.of(
            "accessToken",
            accessTokenOf(user),
            "accessTokenExpiresAt",
            later,
            "refreshToken",
            user,
            "refreshTokenExpiresAt",
            later));
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
    reply.put("accessToken", StandInToken.of(bearer, CREDENTIAL));
    reply.put("expiresAt", Instant.now().plusSeconds(300).toString());
    reply.put("user", Map.of("id", user, "name", "owner", "role", role(user).wireName()));
    reply.put("signIn", signIn);
    reply.put("signInExpiresAt", Instant.now().plus(browserSessionLife).toString());
    if (program == null) {
      reply.put("scopes", null);
    } else {
      List<String> scopes = program.scopes().stream().map(Scope::toString).toList();
      reply.put("scopes", scopes);
      String scoped = bearer + "/" + String.join(" ", scopes);
      reply.put("accessToken", StandInToken.of(scoped, CREDENTIAL));
    }
    Optional.ofNullable(meanwhile.remove(user)).ifPresent(Runnable::run);
    return Reply.ok(reply);
  }

  private Role role(String user) {
    return roles.getOrDefault(user, Role.OWNER);
  }

  /** As the services do: empty if this caller may, else the refusal. */
  Optional<Reply> refusal(Call call, String audience, Action action, Optional<String> owner) {
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

  Reply ofOwn(Call call, String audience, Action action, java.util.function.Supplier<Reply> then) {
    return refusal(call, audience, action, Optional.of(user(call, audience))).orElseGet(then);
  }

  static String user(Call call, String audience) {
    String[] parts = call.bearer().split("/", 4);
    return parts.length >= 3 && parts[1].equals(audience) ? parts[0] : NOBODY;
  }
}
