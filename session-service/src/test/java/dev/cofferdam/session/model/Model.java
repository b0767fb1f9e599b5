// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.session.model.Command.Trouble;
import dev.cofferdam.session.session.State;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What has to come of commands. Knows no database and no time but the seconds it is told of.
 *
 * <p>Real time passes too, a second or so in each sequence: no threshold is nearer than 5 s to a
 * time that it is compared with, except from the side on which more time changes nothing.
 */
final class Model {
  static final int PERSONS = 2;

  /** The last one is the second person's. */
  static final int WORKSPACES = 3;

  private static final int FORGOTTEN_SECONDS = 45;
  private static final Set<String> ALARMING = Set.of("token-spent", "wrong-key");

  /** By number: which command opened them. */
  private final TreeMap<Integer, Modelled> sessions = new TreeMap<>();

  private final int[] signIns = new int[PERSONS];
  private boolean isStopped;
  private boolean isMaintained;
  private long wall;
  private long steady;

  static int owner(int workspace) {
    return workspace == WORKSPACES - 1 ? 1 : 0;
  }

  Model copy() {
    Model copy = new Model();
    sessions.forEach((number, session) -> copy.sessions.put(number, session.copy()));
    System.arraycopy(signIns, 0, copy.signIns, 0, PERSONS);
    copy.isStopped = isStopped;
    copy.isMaintained = isMaintained;
    copy.wall = wall;
    copy.steady = steady;
    return copy;
  }

  boolean isStopped() {
    return isStopped;
  }

  /** By the clock of boxes, in seconds. */
  long steady() {
    return steady;
  }

  TreeMap<Integer, Modelled> sessions() {
    return sessions;
  }

  private Collection<Modelled> all() {
    return sessions.values();
  }

  /** Of this person, counted from the first. */
  int signIn(int person) {
    return signIns[person];
  }

  /**
   * The same for two at once, whose answers come in the order of the commands.
   *
   * @param isOtherFirst whichever of the two came second
   */
  List<Answer> apply(Command command, Step step, boolean isOtherFirst) {
    if (!(command instanceof Command.AtOnce two)) {
      return List.of(apply(command, step));
    }
    if (isOtherFirst) {
      Answer other = apply(two.other(), step.beside());
      return List.of(apply(two.one(), step), other);
    }
    return List.of(apply(two.one(), step), apply(two.other(), step.beside()));
  }

  /** What a command changes and what it is answered with. */
  Answer apply(Command command, Step step) {
    return switch (command) {
      case Command.Open c -> open(c, step);
      case Command.OpenForeign c -> nothingOpens().orElse(Answer.UNKNOWN);
      case Command.Report c -> of(c.session(), step).map(s -> report(c, s)).orElse(Answer.UNKNOWN);
      case Command.Warn c -> change(c.session(), step, Modelled::warned);
      case Command.Resume c -> change(c.session(), step, Modelled::resumed);
      case Command.Lock c -> of(c.session(), step).map(s -> lock(c, s)).orElse(Answer.UNKNOWN);
      case Command.Renew c ->
          Answer.ticket(of(c.session(), step).map(s -> renew(c, s)).orElse(false));
      case Command.Terminal c -> of(c.session(), step).map(this::terminal).orElse(Answer.UNKNOWN);
      case Command.Take c -> box(c.session(), step, b -> b.take(wall, steady));
      case Command.Die c -> box(c.session(), step, Box::gone);
      case Command.EndSignIn c -> endSignIn(c.person());
      case Command.Lost c -> lost();
      case Command.Stop c -> stop(c.isOn());
      case Command.Maintain c -> maintain(c.isOn());
      case Command.Later c -> later(c);
      case Command.Cut c -> cut(c.command(), step);
      case Command.AtOnce c -> throw new IllegalArgumentException("has two answers");
    };
  }

  /** Which this person has opened with the sign-in of now. */
  List<Integer> openOf(int person) {
    return sessions.keySet().stream()
        .filter(number -> isOpenOf(person, sessions.get(number)))
        .toList();
  }

  private boolean isOpenOf(int person, Modelled session) {
    return owner(session.workspace) == person
        && session.signIn == signIns[person]
        && !session.isOver();
  }

  /** Whose boxes are running, for the gateway to tell. */
  List<Integer> running() {
    return sessions.keySet().stream().filter(number -> sessions.get(number).box.runs()).toList();
  }

  private Optional<Modelled> of(int session, Step step) {
    return step.number(session).map(sessions::get);
  }

  private Answer open(Command.Open command, Step step) {
    Optional<Answer> refused = nothingOpens();
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<Modelled> open = openIn(command.workspace());
    if (open.isPresent()) {
      boolean isOpening = open.get().state == State.OPENING;
      return Answer.problem(409, isOpening ? "session-opening" : "session-already-open");
    }
    if (command.trouble() == Trouble.USED_SANDBOX && step.number(0).isPresent()) {
      return Answer.problem(409, "session-already-open");
    }
    if (command.trouble() == Trouble.VAULT_AWAY) {
      return Answer.BROKEN;
    }
    int person = owner(command.workspace());
    sessions.put(step.fresh(), new Modelled(command.workspace(), signIns[person], wall, steady));
    return new Answer(201, "", State.OPENING.name(), true);
  }

  private Optional<Answer> nothingOpens() {
    if (isStopped) {
      return Optional.of(Answer.problem(409, "emergency-stop"));
    }
    return isMaintained ? Optional.of(Answer.problem(409, "maintenance")) : Optional.empty();
  }

  private Optional<Modelled> openIn(int workspace) {
    return all().stream().filter(s -> s.workspace == workspace && !s.isOver()).findFirst();
  }

  private Answer report(Command.Report command, Modelled session) {
    switch (command.became()) {
      case OPENED -> session.opened();
      case LOCKED, ENDED -> {
        session.box = session.box.gone();
        session.locked(command.reason());
      }
      case FAILED -> {
        session.box = session.box.gone();
        boolean isRepeated = session.isOver() && session.reason.equals(command.reason());
        if (ALARMING.contains(command.reason()) && !isRepeated) {
          session.alarms++;
        }
        session.locked(command.reason());
      }
    }
    return Answer.of(session.state);
  }

  /** Of the session for good, whoever reports its end. */
  private static String reason(Command.By by) {
    return switch (by) {
      case OWNER -> "user";
      case ADMIN -> "admin";
      case STRANGER, GATEWAY -> "ended";
    };
  }

  private Answer change(int session, Step step, Consumer<Modelled> change) {
    Optional<Modelled> found = of(session, step);
    found.ifPresent(change);
    return found.map(s -> Answer.of(s.state)).orElse(Answer.UNKNOWN);
  }

  private Answer lock(Command.Lock command, Modelled session) {
    if (command.by() == Command.By.STRANGER) {
      return Answer.UNKNOWN;
    }
    session.locking(reason(command.by()));
    return new Answer(200, "", session.state.name(), !session.isOver());
  }

  private boolean renew(Command.Renew command, Modelled session) {
    if (!command.ofItsSandbox() || session.isOver()) {
      return false;
    }
    session.renewedAt = wall;
    if (session.mayStayOpen()) {
      session.offered(wall, steady);
      return true;
    }
    return false;
  }

  private Answer terminal(Modelled session) {
    boolean isOpen = session.state == State.ACTIVE || session.state == State.WARNED;
    return isOpen ? Answer.ticket(true) : Answer.problem(409, "not-open");
  }

  private Answer box(int session, Step step, UnaryOperator<Box> change) {
    of(session, step).ifPresent(s -> s.box = change.apply(s.box));
    return Answer.NONE;
  }

  private Answer endSignIn(int person) {
    openOf(person).forEach(number -> sessions.get(number).locking("ended"));
    signIns[person]++;
    return Answer.NONE;
  }

  private Answer lost() {
    all().stream()
        .filter(s -> s.openedAt <= wall && !s.box.runs())
        .forEach(s -> s.locked("sandbox-gone"));
    return Answer.NONE;
  }

  private Answer stop(boolean isOn) {
    isStopped = isOn;
    if (isOn) {
      all().forEach(s -> s.locking("emergency-stop"));
    }
    return Answer.NONE;
  }

  private Answer maintain(boolean isOn) {
    isMaintained = isOn;
    if (isOn) {
      all().forEach(s -> s.locking("maintenance"));
    }
    return Answer.NONE;
  }

  private Answer later(Command.Later command) {
    wall += command.seconds();
    switch (command.how()) {
      case NOBODY_RENEWS -> steady += command.seconds();
      case ALL_ARE_RENEWED -> {
        steady += command.seconds();
        all().forEach(s -> renewAllAlong(s, command.seconds()));
      }
      case CLOCK_IS_SET -> all().forEach(s -> s.clockIsSet(command.seconds()));
    }
    all().forEach(s -> s.box = s.box.at(steady));
    all().stream().filter(s -> s.endsAt <= wall).forEach(s -> s.locking("longest"));
    all().stream()
        .filter(s -> s.renewedAt + FORGOTTEN_SECONDS <= wall)
        .forEach(s -> s.locked("lease-lost"));
    return Answer.NONE;
  }

  /** One that locks is not renewed: its box ends at once. */
  private void renewAllAlong(Modelled session, int seconds) {
    session.renewedAt += seconds;
    session.box = session.mayStayOpen() ? session.box.kept(seconds) : session.box.gone();
    session.leased(steady);
  }

  private Answer cut(Command command, Step step) {
    Model whole = copy();
    Answer answer = whole.apply(command, step);
    boolean wouldBeTold = !whole.told().equals(told());
    boolean isRepeated = command instanceof Command.Stop;
    if (isRepeated || !wouldBeTold) {
      return apply(command, step);
    }
    // A box that had to go first is gone all the same.
    sessions.forEach((number, session) -> session.box = whole.sessions.get(number).box);
    return answer.status() == 0 ? Answer.NONE : Answer.BROKEN;
  }

  private List<List<String>> told() {
    return all().stream().map(s -> List.copyOf(s.told)).toList();
  }

  /** What a database has to say of it. */
  Map<Integer, Row> rows() {
    Map<Integer, Row> rows = new TreeMap<>();
    sessions.forEach(
        (number, s) ->
            rows.put(
                number, new Row(s.workspace, s.state, s.reason, List.copyOf(s.told), s.alarms)));
    return rows;
  }
}
