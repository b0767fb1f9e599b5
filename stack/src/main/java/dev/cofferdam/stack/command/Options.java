// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import dev.cofferdam.settings.KnownSettings;
import dev.cofferdam.stack.door.DoorWords;
import dev.cofferdam.stack.place.DataDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Options of a command.
 *
 * @param data where everything lasting lies
 * @param door how people come in
 * @param unsealKeyDescriptor a descriptor that gives the unseal key
 * @param settings words {@code KEY=VALUE} by part
 * @param name of a person, for a command that takes one
 * @param providers the file that describes where else one can sign in
 * @param alerts the file that says when there is an alert and who is told
 * @param replicas how many times each service runs
 */
public record Options(
    DataDirectory data,
    DoorWords door,
    boolean detached,
    OptionalInt unsealKeyDescriptor,
    boolean rememberUnsealKey,
    boolean acceptSwap,
    boolean json,
    boolean lift,
    boolean seal,
    Map<String, List<String>> settings,
    Optional<Path> providers,
    Optional<Path> alerts,
    Optional<String> name,
    int replicas) {

  /** Among what a command knows: a word that is no option. */
  static final String NAME = "NAME";

  private static final int DEFAULT_PORT = 8484;
  private static final int HIGHEST_PORT = 65535;

  /** What the sandbox-host of one machine and its database are measured for. */
  private static final int MOST_REPLICAS = 4;

  private static final Set<String> PARTS =
      Set.of(
          "auth-service",
          "session-service",
          "workspace-service",
          "terminal-gateway",
          "sandbox-host",
          "stack");

  /** Reads the words behind the command; {@code allowed} are the options that it knows. */
  public static Options parse(List<String> words, Set<String> allowed) {
    Reading read = new Reading(words, allowed);
    return read.all();
  }

  private static Path defaultData() {
    String given = System.getenv("COFFER_DATA");
    if (given != null && !given.isBlank()) {
      return Path.of(given);
    }
    String base = System.getenv("XDG_DATA_HOME");
    boolean usable = base != null && base.startsWith("/");
    Path home = Path.of(System.getProperty("user.home"), ".local", "share");
    return (usable ? Path.of(base) : home).resolve("cofferdam");
  }

  /** One pass over the words. */
  private static final class Reading {
    private final Iterator<String> words;
    private final Set<String> allowed;
    private final Map<String, List<String>> settings = new HashMap<>();
    private Path data = defaultData();
    private int port = DEFAULT_PORT;
    private Optional<String> listen = Optional.empty();
    private Optional<String> origin = Optional.empty();
    private Optional<Path> certificate = Optional.empty();
    private Optional<Path> key = Optional.empty();
    private final List<String> proxies = new ArrayList<>();
    private int replicas = 1;
    private boolean detached;
    private OptionalInt descriptor = OptionalInt.empty();
    private boolean remember;
    private boolean acceptSwap;
    private boolean json;
    private boolean lift;
    private boolean seal;
    private Optional<Path> providers = Optional.empty();
    private Optional<Path> alerts = Optional.empty();
    private Optional<String> name = Optional.empty();

    Reading(List<String> words, Set<String> allowed) {
      this.words = words.iterator();
      this.allowed = allowed;
    }

    Options all() {
      while (words.hasNext()) {
        take(words.next());
      }
      if (port + replicas - 1 > HIGHEST_PORT) {
        throw new WrongUsage("--replicas need as many ports from --port on");
      }
      if (lift && seal) {
        throw new WrongUsage("--lift and --seal are opposites");
      }
      return new Options(
          new DataDirectory(data.toAbsolutePath().normalize()),
          new DoorWords(port, listen, origin, certificate, key, proxies),
          detached,
          descriptor,
          remember,
          acceptSwap,
          json,
          lift,
          seal,
          settings,
          providers,
          alerts,
          name,
          replicas);
    }

    private void take(String word) {
      if (allowed.contains(NAME) && !word.startsWith("-") && name.isEmpty()) {
        name = Optional.of(person(word));
        return;
      }
      if (!allowed.contains(word)) {
        throw new WrongUsage("this command does not know '" + word + "'");
      }
      switch (word) {
        case "--data" -> data = Path.of(value(word));
        case "--port" -> port = number(word, 1, HIGHEST_PORT);
        case "--replicas" -> replicas = number(word, 1, MOST_REPLICAS);
        case "--detach" -> detached = true;
        case "--unseal-key-fd" -> descriptor = OptionalInt.of(number(word, 0, 1023));
        case "--remember-unseal-key" -> remember = true;
        case "--accept-swap" -> acceptSwap = true;
        case "--json" -> json = true;
        case "--lift" -> lift = true;
        case "--seal" -> seal = true;
        case "--providers" -> providers = file(word);
        case "--alerts" -> alerts = file(word);
        case "--listen" -> listen = Optional.of(value(word));
        case "--origin" -> origin = Optional.of(value(word));
        case "--tls-cert" -> certificate = file(word);
        case "--tls-key" -> key = file(word);
        case "--behind-proxy" -> proxies.addAll(List.of(value(word).split(",", -1)));
        case "--set" -> setting(value(word));
        default -> throw new WrongUsage("unknown option " + word);
      }
    }

    private static String person(String word) {
      if (!word.matches("[ -~]{1,64}")) {
        throw new WrongUsage("this is nobody's name");
      }
      return word;
    }

    private String value(String option) {
      if (!words.hasNext()) {
        throw new WrongUsage(option + " needs a value");
      }
      return words.next();
    }

    private Optional<Path> file(String option) {
      return Optional.of(Path.of(value(option)).toAbsolutePath());
    }

    private int number(String option, int lowest, int highest) {
      String text = value(option);
      if (!text.matches("[0-9]{1,5}")
          || Integer.parseInt(text) < lowest
          || Integer.parseInt(text) > highest) {
        throw new WrongUsage(option + " takes a number from " + lowest + " to " + highest);
      }
      return Integer.parseInt(text);
    }

    private void setting(String text) {
      String[] halves = text.split(":", 2);
      // It would count more than what the stack itself tells a replica.
      if (halves.length == 2 && halves[1].startsWith("%")) {
        String[] key = halves[1].split("=", 2)[0].split("\\.", 2);
        throw new WrongUsage(
            "--set: %s is for a profile, parts have one: set it without %s."
                .formatted(String.join(".", key), key[0]));
      }
      if (halves.length < 2 || !PARTS.contains(halves[0]) || !halves[1].matches("[a-z0-9.-]+=.*")) {
        throw new WrongUsage("--set takes PART:KEY=VALUE, with one of the parts " + PARTS);
      }
      String key = halves[1].substring(0, halves[1].indexOf('='));
      KnownSettings.of(halves[0])
          .complaint(Set.of(key))
          .ifPresent(
              line -> {
                throw new WrongUsage("--set: " + line);
              });
      settings.computeIfAbsent(halves[0], p -> new ArrayList<>()).add(halves[1]);
    }
  }
}
