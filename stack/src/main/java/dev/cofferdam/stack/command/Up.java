// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import dev.cofferdam.settings.KnownSettings;
import dev.cofferdam.stack.control.ControlDoor;
import dev.cofferdam.stack.control.Running;
import dev.cofferdam.stack.door.PublicDoor;
import dev.cofferdam.stack.part.AllParts;
import dev.cofferdam.stack.part.Settings;
import dev.cofferdam.stack.place.BuiltFiles;
import dev.cofferdam.stack.place.DataDirectory;
import dev.cofferdam.stack.place.Ports;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.Spawner;
import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.stack.run.PartFailure;
import dev.cofferdam.stack.run.Progress;
import dev.cofferdam.stack.run.Stack;
import dev.cofferdam.stack.vault.PersonsUnsealKey;
import dev.cofferdam.stack.vault.SealMark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Starts everything and runs until it is told to stop. */
public final class Up {
  public static final Set<String> OPTIONS =
      Set.of(
          "--data",
          "--port",
          "--replicas",
          "--listen",
          "--origin",
          "--tls-cert",
          "--tls-key",
          "--behind-proxy",
          "--detach",
          "--unseal-key-fd",
          "--remember-unseal-key",
          "--accept-swap",
          "--providers",
          "--alerts",
          "--set");

  /** Tells the launcher that all is up, so that it can leave. */
  private static final String READY = "\u0004";

  private static final long REDRAW_MILLIS = 100;

  private final Options options;
  private final Path checkout;
  private final boolean root = System.getProperty("user.name").equals("root");
  private final Progress progress =
      new Progress(System.out, System.console() != null && System.console().isTerminal());

  public Up(Options options, Path checkout) {
    this.options = options;
    this.checkout = checkout;
  }

  /** The exit status. */
  public int run() throws IOException {
    refuseUnknownSettings();
    PublicDoor door = PublicDoor.of(options.door(), InstantSource.system());
    DataDirectory data = options.data();
    data.prepare();
    if (data.lock().isEmpty()) {
      return alreadyRunning(data);
    }
    requirePorts(door);
    Rooms rooms = Rooms.prepare(data, new BuiltFiles(checkout), root);
    AllParts parts =
        new AllParts(
            rooms,
            new Settings(
                options.settings(),
                options.providers().or(data::providers),
                options.alerts().or(data::alerts)),
            door,
            options.acceptSwap(),
            new PersonsUnsealKey(
                options.unsealKeyDescriptor(),
                data.rememberedKey(),
                new SealMark(data.sealMark()),
                options.rememberUnsealKey(),
                progress::tell),
            new SealMark(data.sealMark()),
            options.replicas());
    Stack stack = new Stack(parts, data, new Spawner(root, rooms::nameOf), progress);
    return run(stack, data, parts);
  }

  /** Those of our own, that no part reads: in the environment, or properties of our JVM. */
  private static void refuseUnknownSettings() {
    Set<String> names = new HashSet<>(System.getenv().keySet());
    names.addAll(System.getProperties().stringPropertyNames());
    KnownSettings.of("supervisor")
        .complaint(names)
        .ifPresent(
            line -> {
              throw new StartFailure(line);
            });
  }

  private int run(Stack stack, DataDirectory data, AllParts parts) throws IOException {
    CountDownLatch told = new CountDownLatch(1);
    Thread hook = new Thread(stack::stop, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    if (!start(stack)) {
      return 1;
    }
    new ControlDoor(data.controlSocket(), stack, told::countDown).open();
    if (!parts.signsAudit()) {
      progress.settle();
      progress.say(
          "This data was made by a version without a key for the audit ledger: what is in");
      progress.say("there is kept, but nothing signs it. ./coffer reset makes new data with one.");
    }
    greet(stack);
    try {
      told.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0; // The hook stops the parts.
  }

  private boolean start(Stack stack) {
    try (ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("redraw").factory())) {
      clock.scheduleAtFixedRate(
          progress::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
      stack.start();
      return true;
    } catch (PartFailure e) {
      System.err.println("coffer: " + e.getMessage());
      e.lastLines().forEach(line -> System.err.println("  | " + line));
      return false;
    }
  }

  private void greet(Stack stack) {
    progress.settle();
    if (!root) {
      progress.say("Not started as root: all parts run as you, so a broken one could reach into a");
      progress.say("sandbox (SECURITY.md). Start as root to give each a user of its own.");
    }
    progress.say("Cofferdam is up at " + stack.address());
    if (options.replicas() > 1) {
      progress.say(
          "Each service runs "
              + options.replicas()
              + " times; the gateways have the ports from "
              + options.door().port()
              + " on, for a load balancer (docs/replicas.md).");
    }
    stack.notices().forEach(notice -> progress.say("Notice: " + notice));
    progress.say("Sign in: " + stack.freshLink(Optional.empty()));
    progress.say("  The link works once, for 15 minutes; ./coffer link prints another.");
    if (options.detached()) {
      System.out.println(READY);
      System.out.flush();
      progress.fallSilent();
    }
  }

  private int alreadyRunning(DataDirectory data) {
    Optional<String> address =
        new Running(data.controlSocket()).ask("address").map(a -> a.path("address").asText());
    System.out.println(
        address
            .map(a -> "Cofferdam is already running at " + a)
            .orElse("Cofferdam is already starting or stopping: see ./coffer status"));
    return 0;
  }

  /** Of each gateway: the port that was asked for and those behind it. */
  private void requirePorts(PublicDoor door) {
    for (int i = 0; i < options.replicas(); i++) {
      Ports.obstacle(door.listen(), door.port() + i)
          .ifPresent(
              obstacle -> {
                throw new StartFailure(obstacle);
              });
    }
  }
}
