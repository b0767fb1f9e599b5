// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The home of somebody who has an SSH key, {@code ~/.ssh/id_ed25519}, and the real ssh-keygen. */
public final class SshHome implements AutoCloseable {
  private final Folder folder = Folder.fresh("ssh");

  public SshHome() {
    try {
      Files.createDirectories(folder.file(".ssh"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keygen("-t", "ed25519", "-C", "ada@home", "-f", key());
  }

  private String key() {
    return folder.file(".ssh/id_ed25519").toString();
  }

  public void keygen(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q"));
    command.addAll(List.of(arguments));
    if (List.of(arguments).contains("-t")) {
      command.addAll(List.of("-N", ""));
    }
    run(command);
  }

  /** The line in the {@code .pub} file. */
  public String publicKey() {
    return read(".ssh/id_ed25519.pub").strip();
  }

  public Path file(String name) {
    return folder.file(name);
  }

  /** As {@code ssh-keygen -l} prints it. */
  public String fingerprint() {
    return run(List.of("ssh-keygen", "-l", "-f", key())).split(" ")[1];
  }

  /** Carries out a line in a shell, here at home; what it printed. */
  public String shell(String line) {
    return run(List.of("sh", "-c", line));
  }

  private String run(List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.path().toFile())
              .redirectOutput(folder.file("stdout").toFile())
              .redirectError(folder.file("stderr").toFile());
      builder.environment().put("HOME", folder.path().toString());
      builder.environment().remove("SSH_AUTH_SOCK");
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new TestkitException(command + ": " + read("stderr"));
      }
      return read("stdout");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String read(String name) {
    try {
      return Files.readString(folder.file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
