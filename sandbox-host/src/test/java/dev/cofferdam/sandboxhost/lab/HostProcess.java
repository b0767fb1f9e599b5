// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.testkit.Eventually;
import dev.cofferdam.testkit.Spawner;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** sandbox-host as a child process, started from what this module's tests run on. */
public final class HostProcess implements AutoCloseable {
  private static final Path AGENT = Path.of("../terminal-agent/target/agent").toAbsolutePath();
  private static final List<String> RUNTIME =
      List.of(
          "identity",
          "settings",
          "sandbox-protocol",
          "jackson-core",
          "jackson-databind",
          "jackson-annot");

  private final Path root;
  private final Process process;
  private final List<String> log = new CopyOnWriteArrayList<>();

  private HostProcess(Path root, Process process) {
    this.root = root;
    this.process = process;
    Thread.ofPlatform().daemon().name("host-log").start(this::readLog);
  }

  /** Puts code and directories where its user can reach them. */
  static void install(Path root, SandboxUser user) throws IOException {
    if (!Files.isDirectory(AGENT)) {
      throw new AssertionError("build terminal-agent first: there is no " + AGENT);
    }
    Path code = copyCode(root.resolve("host"));
    Path agent = root.resolve("agent");
    // With its times: the start cache looks at them.
    Command.require("cp", "-rp", AGENT.toString(), agent.toString());
    Command.require("chmod", "-R", "a+rX", agent.toString(), code.toString());
    for (String name : List.of("data", "boxes", "scratch", "door")) {
      Path directory = Files.createDirectory(root.resolve(name));
      user.own(directory);
    }
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param root where it was installed
   * @param vaultDirectory has {@code vault.sock} in it
   * @param settings more system properties
   */
  static HostProcess start(
      Path root,
      SandboxUser user,
      Path vaultDirectory,
      String ticketKey,
      Map<String, String> settings)
      throws IOException {
    List<String> command = new ArrayList<>(user.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    for (String name : List.of("data", "boxes", "scratch")) {
      command.add("-Dcoffer.sandbox-host." + name + "=" + root.resolve(name));
    }
    command.add("-Dcoffer.sandbox-host.socket=" + root.resolve("door/host.sock"));
    command.add("-Dcoffer.sandbox-host.peer=" + System.getProperty("user.name"));
    command.add("-Dcoffer.vault.directory=" + vaultDirectory);
    command.add("-Dcoffer.agent.directory=" + root.resolve("agent"));
    command.add("-Dcoffer.ticket.pub=" + ticketKey);
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    Path code = root.resolve("host");
    command.addAll(List.of("-cp", code + "/*" + File.pathSeparator + code.resolve("classes")));
    command.add("dev.cofferdam.sandboxhost.SandboxHost");
    Process process = Spawner.start(new ProcessBuilder(command).redirectErrorStream(true));
    HostProcess host = new HostProcess(root, process);
    Eventually.within(Duration.ofSeconds(20))
        .until(
            "sandbox-host listens",
            () -> host.log.contains("sandbox-host listens") || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("sandbox-host ended: " + host.log);
    }
    return host;
  }

  private static Path copyCode(Path into) throws IOException {
    Files.createDirectory(into);
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      boolean ours = path.endsWith("sandbox-host/target/classes");
      if (ours) {
        Command.require("cp", "-r", entry, into.resolve("classes").toString());
      } else if (RUNTIME.stream().anyMatch(entry::contains) && Files.isRegularFile(path)) {
        Files.copy(path, into.resolve(number++ + ".jar"));
      } else if (RUNTIME.stream().anyMatch(entry::contains) && Files.isDirectory(path)) {
        Path jar = into.resolve(number++ + ".jar");
        Path tool = Path.of(System.getProperty("java.home"), "bin/jar");
        Command.require(tool.toString(), "--create", "--file", jar + "", "-C", entry, ".");
      }
    }
    return into;
  }

  private void readLog() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        log.add(line);
      }
    } catch (IOException e) {
      log.add("its output ended: " + e);
    }
  }

  /** Everything that it and its agents have said so far. */
  public List<String> log() {
    return List.copyOf(log);
  }

  public Path socket() {
    return root.resolve("door/host.sock");
  }

  public Path boxes() {
    return root.resolve("boxes");
  }

  public Path root() {
    return root;
  }

  public Path cipher() {
    return root.resolve("data/cipher");
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL, and waits for its end. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
