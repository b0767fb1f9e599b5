// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product, started with its launcher in a data directory of its own, and stopped with it. */
final class Coffer implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Unseal key: (\\S+)");
  private static final Pattern LINK = Pattern.compile("Sign in: (\\S+)");

  /** Each look asks every part how it is. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** Each part has its own deadline; a busy machine starts many one after the other. */
  private static final Duration START = Duration.ofMinutes(4);

  /** One part as {@code status --json} shows it; a pid of 0 says that it does not run. */
  record Part(String name, long pid, int port, String health, int restarts) {
    boolean isReady() {
      return health.equals("ready");
    }
  }

  private final Path folder;
  private final Path data;
  private final int port = FreePort.pickTwo();
  private final List<String> words;
  private final Map<String, String> environment;
  private String unsealKey = "";
  private String link = "";
  private String origin = "";

  /** For test runs that are told to stop: nothing is left running then either. */
  private final Thread atExit = new Thread(this::stopAndRemove, "stop-coffer");

  private Coffer(IntFunction<List<String>> words, Map<String, String> environment) {
    this.words = List.copyOf(words.apply(port));
    this.environment = Map.copyOf(environment);
    try {
      folder = Files.createTempDirectory("coffer-e2e");
      data = folder.resolve("data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a fresh one.
   *
   * @param settings PART:KEY=VALUE
   */
  static Coffer up(String... settings) {
    return up(Map.of(), settings);
  }

  /** The same with further variables in the launcher's environment. */
  static Coffer up(Map<String, String> environment, String... settings) {
    List<String> words = new ArrayList<>();
    List.of(settings).forEach(setting -> words.addAll(List.of("--set", setting)));
    return up(port -> words, environment);
  }

  /**
   * Starts a fresh one with further words behind {@code up}.
   *
   * @param words for its public port
   */
  static Coffer up(IntFunction<List<String>> words) {
    return up(words, Map.of());
  }

  private static Coffer up(IntFunction<List<String>> words, Map<String, String> environment) {
    Coffer coffer = new Coffer(words, environment);
    Runtime.getRuntime().addShutdownHook(coffer.atExit);
    try {
      coffer.start();
      return coffer;
    } catch (RuntimeException | Error e) {
      coffer.close();
      throw e;
    }
  }

  /** Starts it, again with the unseal key that the first start has told. */
  Duration start() {
    Command command = command("up").and("--detach", "--port", Integer.toString(port)).within(START);
    words.forEach(command::and);
    environment.forEach(command::environment);
    if (!unsealKey.isEmpty()) {
      command.environment("COFFER_UNSEAL_KEY", unsealKey);
    }
    long begin = System.nanoTime();
    Command.Result result = command.run();
    assertThat(result.status()).as(result.said()).isZero();
    if (unsealKey.isEmpty()) {
      unsealKey = find(KEY, result);
    }
    link = find(LINK, result);
    origin = link.split("/sign-in#")[0];
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static String find(Pattern pattern, Command.Result result) {
    Matcher matcher = pattern.matcher(result.out());
    assertThat(matcher.find()).as("%s in %s", pattern, result.said()).isTrue();
    return matcher.group(1);
  }

  /** A command on this data directory, not yet run. */
  Command command(String word) {
    return new Command(word).and("--data", data.toString());
  }

  Command.Result down() {
    return command("down").run();
  }

  String freshLink() {
    Command.Result result = command("link").run();
    assertThat(result.status()).as(result.said()).isZero();
    return result.out().strip();
  }

  /** The link that the start has printed. */
  String link() {
    return link;
  }

  String unsealKey() {
    return unsealKey;
  }

  Path data() {
    return data;
  }

  int port() {
    return port;
  }

  String origin() {
    return origin;
  }

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : new ControlSocket(data).ask("status").path("parts")) {
      parts.add(
          new Part(
              part.path("name").asText(),
              part.path("pid").asLong(),
              part.path("port").asInt(),
              part.path("health").asText(),
              part.path("restarts").asInt()));
    }
    return parts;
  }

  Part part(String name) {
    return parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No part " + name + " in " + parts()));
  }

  /** The supervisor: the parent of every part. */
  long supervisor() {
    return Processes.parent(part("terminal-gateway").pid());
  }

  /** Until this part is ready, under another pid than before. */
  void awaitRestarted(Part before, Duration most) {
    awaitRestarted(List.of(before), most);
  }

  /** The same for several; how all parts are then. */
  List<Part> awaitRestarted(List<Part> before, Duration most) {
    return Await.value(
        before.stream().map(Part::name).toList() + " to be ready again",
        most,
        LOOK_EVERY,
        () -> {
          List<Part> now = parts();
          return before.stream().allMatch(part -> isRestarted(part, now))
              ? Optional.of(now)
              : Optional.empty();
        });
  }

  private static boolean isRestarted(Part before, List<Part> all) {
    return all.stream()
        .filter(part -> part.name().equals(before.name()))
        .anyMatch(now -> now.isReady() && now.pid() != 0 && now.pid() != before.pid());
  }

  /** Stops it and removes its data; fails if something of it is still there. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stopAndRemove();
    Await.until(
        "no process left",
        Duration.ofSeconds(5),
        () -> Processes.mentioning(folder.toString()).isEmpty());
  }

  private void stopAndRemove() {
    Command.Result result = down();
    Command.Result removed = command("reset").typing("data\n").run();
    Trees.remove(folder);
    assertThat(result.status()).as("down: " + result.said()).isZero();
    assertThat(removed.status()).as("reset: " + removed.said()).isZero();
  }
}
