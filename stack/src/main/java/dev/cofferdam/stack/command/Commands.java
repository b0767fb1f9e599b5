// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.stack.control.Running;
import dev.cofferdam.stack.installation.Installation;
import dev.cofferdam.stack.place.DataDirectory;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.ShortCommand;
import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.stack.vault.PersonsUnsealKey;
import dev.cofferdam.stack.vault.SealMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The short commands to a stack that runs, or does not. */
public final class Commands {
  public static final Set<String> OPTIONS = Set.of("--data", "--json");
  public static final Set<String> EMERGENCY_OPTIONS =
      Set.of("--data", "--lift", "--seal", "--unseal-key-fd");

  /** What {@code link} knows: a name as well. */
  public static final Set<String> LINK_OPTIONS = Set.of("--data", Options.NAME);

  private static final boolean ROOT = System.getProperty("user.name").equals("root");
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long STOP_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final String ROW = "%-20s %8s %6s %8s  %-9s %s%n";

  private final Options options;
  private final Running running;

  public Commands(Options options) {
    this.options = options;
    running = new Running(options.data().controlSocket());
  }

  /** Stops everything and waits for it. */
  public int down() throws IOException {
    if (running.ask("stop").isEmpty()) {
      System.out.println("Cofferdam is not running.");
      return 0;
    }
    long end = System.nanoTime() + STOP_PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      if (options.data().lock().isPresent()) {
        System.out.println("Cofferdam is stopped. All workspaces are locked.");
        return 0;
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    throw new StartFailure("it did not stop within two minutes: see ./coffer status");
  }

  /** Exit status 0 if all parts are ready, 1 if one is not, 3 if nothing runs. */
  public int status() {
    Optional<JsonNode> answer = running.ask("status");
    if (answer.isEmpty()) {
      System.out.println(options.json() ? "{\"parts\":[]}" : "Cofferdam is not running.");
      return 3;
    }
    if (options.json()) {
      System.out.println(answer.get());
    } else {
      print(answer.get());
    }
    return answer.get().path("parts").valueStream().allMatch(Commands::isReady) ? 0 : 1;
  }

  private static boolean isReady(JsonNode part) {
    return part.path("health").asText().equals("ready");
  }

  private static void print(JsonNode status) {
    System.out.println("Cofferdam at " + status.path("address").asText());
    System.out.printf(Locale.ROOT, ROW, "part", "pid", "port", "memory", "health", "restarts");
    status
        .path("parts")
        .forEach(
            part ->
                System.out.printf(
                    Locale.ROOT,
                    ROW,
                    part.path("name").asText(),
                    orDash(part.path("pid").asLong()),
                    orDash(part.path("port").asLong()),
                    part.path("memoryMegabytes").asLong() + " MB",
                    part.path("health").asText(),
                    part.path("restarts").asText()));
    status.path("notices").forEach(notice -> System.out.println("Notice: " + notice.asText()));
  }

  private static String orDash(long number) {
    return number == 0 ? "-" : Long.toString(number);
  }

  /**
   * Locks everything and signs everybody out, with {@code --seal} closes Vault too; with {@code
   * --lift} lets sessions open again.
   */
  public int emergencyStop() {
    if (options.lift()) {
      unseal();
      ask("emergency-stop-lift");
      System.out.println("The emergency stop is lifted: workspaces can be unlocked again.");
      return 0;
    }
    JsonNode done = ask(options.seal() ? "emergency-stop-seal" : "emergency-stop");
    System.out.printf(
        Locale.ROOT,
        "Stopped: %d open workspaces lock now, %d sign-ins are over, and none opens until%n"
            + "  ./coffer emergency-stop --lift%n%s",
        done.path("sessions").asInt(),
        done.path("signIns").asInt(),
        options.seal() ? "Vault is sealed: that will ask for the unseal key.\n" : "");
    return 0;
  }

  private JsonNode ask(String word) {
    return running
        .ask(word)
        .orElseThrow(() -> new StartFailure("Cofferdam is not running: nothing is open"));
  }

  private void unseal() {
    if (!ask("sealed").path("sealed").asBoolean()) {
      return;
    }
    DataDirectory data = options.data();
    new PersonsUnsealKey(
            options.unsealKeyDescriptor(),
            data.rememberedKey(),
            new SealMark(data.sealMark()),
            false,
            System.out::println)
        .find(key -> ask("unseal " + text(key)).path("unsealed").asBoolean())
        .close();
    System.out.println("Vault is open again.");
  }

  private static String text(SecretBytes key) {
    return key.map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
  }

  /** A link for the owner, or for the person who is named. */
  public int link() {
    String link =
        running
            .ask(options.name().map(name -> "link " + name).orElse("link"))
            .orElseThrow(() -> new StartFailure("Cofferdam is not running: ./coffer up starts it"))
            .path("link")
            .asText();
    System.out.println(link);
    return 0;
  }

  /** Destroys everything below the data directory, after its name was typed. */
  public int reset() throws IOException {
    DataDirectory data = options.data();
    if (Files.notExists(data.root())) {
      System.out.println("There is nothing in " + data.root());
      return 0;
    }
    if (!data.isCofferdams()) {
      throw new StartFailure(data.root() + " is no data of Cofferdam's: nothing was destroyed");
    }
    data.prepare();
    if (data.lock().isEmpty()) {
      throw new StartFailure("Cofferdam is running: ./coffer down stops it");
    }
    String name = data.root().getFileName().toString();
    System.out.println("This destroys all workspaces, keys and records in " + data.root());
    System.out.println("Nothing brings them back. Type '" + name + "' to do it:");
    String typed =
        new java.io.BufferedReader(new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8))
            .readLine();
    if (!name.equals(typed)) {
      System.out.println("Nothing was destroyed.");
      return 1;
    }
    Optional<Installation> destroyed = ROOT ? data.installation() : Optional.empty();
    destroy(data.root());
    System.out.println("Destroyed. ./coffer up starts afresh, with a new unseal key.");
    if (destroyed.isPresent()) {
      Rooms.release(destroyed.get());
    }
    return 0;
  }

  /** What a link leads to, and the link. */
  static void destroy(Path root) throws IOException {
    Path real = root.toRealPath();
    ShortCommand.require("rm", "-rf", "--one-file-system", real.toString());
    Files.deleteIfExists(root);
    if (Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
      throw new StartFailure("not all of it is gone: see what is left in " + real);
    }
  }
}
