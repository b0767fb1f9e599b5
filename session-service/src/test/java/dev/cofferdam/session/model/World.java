// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.session.model.Command.Became;
import dev.cofferdam.session.model.Command.How;
import dev.cofferdam.session.model.Command.Trouble;
import dev.cofferdam.session.model.Service.Reply;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The real service with persons, workspaces and boxes that nobody else has anything to do with. */
final class World {
  private final Parts parts;
  private final List<UUID> persons = new ArrayList<>();
  private final List<UUID> workspaces = new ArrayList<>();
  private final Map<Integer, Opened> opened = new ConcurrentHashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  World(Parts parts) {
    this.parts = parts;
    for (int i = 0; i < Model.PERSONS; i++) {
      persons.add(UUID.randomUUID());
    }
    for (int i = 0; i < Model.WORKSPACES; i++) {
      workspaces.add(UUID.fromString(parts.desk().workspaceOf(persons.get(Model.owner(i)))));
    }
  }

  /** By what it is known outside. */
  record Opened(String session, String sandbox) {
    static Opened unknown() {
      return new Opened(UUID.randomUUID().toString(), UUID.randomUUID().toString());
    }
  }

  /** What is there now. */
  Sight look() throws SQLException {
    return Sight.of(parts.books(), workspaces, opened);
  }

  /**
   * Carries it out.
   *
   * @param before what the model says of the time before it
   */
  Answer carryOut(Command command, Step step, Model before) throws SQLException {
    return switch (command) {
      case Command.Open c -> open(c, step, before);
      case Command.OpenForeign c ->
          // Somebody else each time: what one has under way, another of theirs is told of.
          post(somebody("member"), "/sessions", request(c.workspace(), Opened.unknown().sandbox()))
              .answer();
      case Command.Report c -> report(c, step);
      case Command.Warn c -> tell(c.session(), step, "warned", Map.of("secondsLeft", 60));
      case Command.Resume c -> tell(c.session(), step, "resumed", Map.of());
      case Command.Lock c -> lock(c, step, before);
      case Command.Renew c -> renew(c, step);
      case Command.Terminal c -> terminal(c, step, before);
      case Command.Take c -> Answer.NONE;
      case Command.Die c -> Answer.NONE;
      case Command.EndSignIn c -> endSignIn(c.person(), before);
      case Command.Lost c -> lost(before);
      case Command.Stop c -> stop(c.isOn());
      case Command.Maintain c -> maintain(c.isOn());
      case Command.Later c -> later(c);
      case Command.Cut c -> cut(c.command(), step, before);
      case Command.AtOnce c -> throw new IllegalArgumentException("has two answers");
    };
  }

  private Opened of(int session, Step step) {
    return step.number(session).map(opened::get).orElseGet(Opened::unknown);
  }

  private Map<String, String> request(int workspace, String sandbox) {
    return Map.of("workspaceId", workspaces.get(workspace).toString(), "sandboxId", sandbox);
  }

  private Answer open(Command.Open command, Step step, Model before) {
    boolean isAway = command.trouble() == Trouble.VAULT_AWAY;
    boolean isUsed = command.trouble() == Trouble.USED_SANDBOX;
    String sandbox = isUsed ? of(0, step).sandbox() : UUID.randomUUID().toString();
    String token = token(Model.owner(command.workspace()), before);
    if (isAway) {
      parts.desk().vaultIsAway(true);
    }
    try {
      Reply reply = post(token, "/sessions", request(command.workspace(), sandbox));
      if (reply.status() == 201) {
        Opened fresh = new Opened(reply.text("sessionId"), sandbox);
        Claims.check(reply.text("openTicket"), "open", fresh);
        opened.put(step.fresh(), fresh);
      }
      return reply.answer();
    } finally {
      if (isAway) {
        parts.desk().vaultIsAway(false);
      }
    }
  }

  private Answer report(Command.Report command, Step step) {
    Object body =
        command.became() == Became.OPENED
            ? Map.of("initialised", true)
            : Map.of("reason", command.reason());
    return tell(command.session(), step, command.became().name().toLowerCase(Locale.ROOT), body);
  }

  private Answer tell(int session, Step step, String what, Object body) {
    String path = "/internal/sessions/" + of(session, step).session() + "/" + what;
    return post(gateway(), path, body).answer();
  }

  private Answer lock(Command.Lock command, Step step, Model before) {
    Opened of = of(command.session(), step);
    String path = "/sessions/" + of.session() + "/lock";
    Reply reply =
        switch (command.by()) {
          case OWNER -> post(ownersToken(command.session(), step, before), path, Map.of());
          case ADMIN -> post(admin(), path, Map.of());
          case STRANGER -> post(stranger(), path, Map.of());
          case GATEWAY -> post(gateway(), "/internal" + path, Map.of());
        };
    Claims.check(reply.text("lockTicket"), "lock", of);
    return reply.answer();
  }

  private Answer renew(Command.Renew command, Step step) {
    Opened of = of(command.session(), step);
    String sandbox = command.ofItsSandbox() ? of.sandbox() : Opened.unknown().sandbox();
    Map<String, String> held = Map.of("sessionId", of.session(), "sandboxId", sandbox);
    Reply reply = post(gateway(), "/internal/leases", Map.of("sandboxes", List.of(held)));
    expect(200, reply);
    boolean hasTicket = reply.body().at("/sessions/0/renewTicket").isTextual();
    Claims.check(reply.body().at("/sessions/0/renewTicket").asText(""), "renew", of);
    if (hasTicket == reply.body().at("/sessions/0/ended").asBoolean()) {
      throw new AssertionError("either a ticket or an end: " + reply);
    }
    return Answer.ticket(hasTicket);
  }

  private Answer terminal(Command.Terminal command, Step step, Model before) {
    Opened of = of(command.session(), step);
    String token = ownersToken(command.session(), step, before);
    Map<String, String> wanted = Map.of("action", "terminal");
    Reply reply = post(token, "/sessions/" + of.session() + "/tickets", wanted);
    Claims.check(reply.text("ticket"), "terminal", of);
    return reply.answer();
  }

  private Answer endSignIn(int person, Model before) {
    before
        .openOf(person)
        .forEach(
            number -> {
              String path = "/internal/sessions/" + opened.get(number).session() + "/lock";
              expect(200, post(gateway(), path, Map.of()));
            });
    return Answer.NONE;
  }

  private Answer lost(Model before) {
    List<String> running = before.running().stream().map(n -> opened.get(n).sandbox()).toList();
    Map<String, Object> told =
        Map.of("runningSandboxIds", running, "openedBefore", Instant.now().toString());
    expect(200, post(gateway(), "/internal/sessions/lost", told));
    return Answer.NONE;
  }

  private Answer stop(boolean isOn) {
    expect(200, tryToStop(isOn));
    return Answer.NONE;
  }

  private Reply tryToStop(boolean isOn) {
    String stack = parts.servers().credential("stack");
    return post(stack, "/internal/emergency-stop", Map.of("stopped", isOn));
  }

  private Answer maintain(boolean isOn) {
    parts.sweeps().maintain(isOn);
    return Answer.NONE;
  }

  /** When all is over: others want to open something. */
  void lift() {
    stop(false);
    maintain(false);
  }

  private Answer later(Command.Later command) throws SQLException {
    parts.books().letDeadlinesCome(command.seconds(), workspaces);
    if (command.isCutFirst()) {
      parts.cuts().arm(names());
      parts.sweeps().lockOverdueOrFail();
      parts.cuts().disarm();
    }
    parts.sweeps().lockOverdueTwice();
    // After that, or which of the two ends it would be a matter of luck.
    if (command.how() != How.ALL_ARE_RENEWED) {
      parts.books().letLeasesAge(command.seconds(), workspaces);
    }
    parts.sweeps().lockForgottenTwice();
    return Answer.NONE;
  }

  private Answer cut(Command command, Step step, Model before) throws SQLException {
    parts.cuts().arm(names());
    try {
      if (command instanceof Command.Stop stop) {
        // Whoever hears that it did not work tries again.
        tryToStop(stop.isOn());
      }
      return carryOut(command, step, before);
    } finally {
      parts.cuts().disarm();
    }
  }

  private Set<String> names() {
    return workspaces.stream().map(UUID::toString).collect(Collectors.toSet());
  }

  private String gateway() {
    return parts.servers().credential("gateway");
  }

  private String admin() {
    return tokens.computeIfAbsent("admin", role -> somebody(role));
  }

  private String stranger() {
    return tokens.computeIfAbsent("member", role -> somebody(role));
  }

  private String somebody(String role) {
    return parts.issuer().token(UUID.randomUUID().toString(), "session-service", role);
  }

  /** Of a session that there is not: anybody's. */
  private String ownersToken(int session, Step step, Model model) {
    int workspace = step.number(session).map(n -> model.sessions().get(n).workspace).orElse(0);
    return token(Model.owner(workspace), model);
  }

  /** Each sign-in has its own. */
  private String token(int person, Model model) {
    return tokens.computeIfAbsent(
        person + " " + model.signIn(person),
        any -> parts.issuer().token(persons.get(person).toString(), "session-service"));
  }

  private Reply post(String credential, String path, Object body) {
    return parts.service().post(credential, path, body);
  }

  private static void expect(int status, Reply reply) {
    if (reply.status() != status) {
      throw new AssertionError(reply.toString());
    }
  }
}
