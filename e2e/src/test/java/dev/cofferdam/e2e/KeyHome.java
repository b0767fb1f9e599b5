// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The home of somebody with an SSH key in it, and a shell there that has the real ssh-keygen. */
final class KeyHome implements AutoCloseable {
  private final Path folder;

  KeyHome(String comment) {
    try {
      folder = Files.createTempDirectory("coffer-home");
      Files.createDirectories(folder.resolve(".ssh"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    shell("ssh-keygen -q -t ed25519 -N '' -C " + comment + " -f \"$HOME/.ssh/id_ed25519\"");
  }

  /** The line that is registered. */
  String publicKey() {
    return read(folder.resolve(".ssh/id_ed25519.pub")).strip();
  }

  /** As ssh-keygen prints it: {@code SHA256:…}. */
  String fingerprint() {
    return shell("ssh-keygen -l -f \"$HOME/.ssh/id_ed25519.pub\"").split(" ")[1];
  }

  /** What a line of shell prints that is run here, which must succeed. */
  String shell(String line) {
    try {
      Path out = folder.resolve("out");
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-c", line)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(folder.resolve("err").toFile());
      builder.environment().putAll(Map.of("HOME", folder.toString()));
      Process process = builder.start();
      process.getOutputStream().close();
      assertThat(process.waitFor()).as(read(folder.resolve("err"))).isZero();
      return read(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Trees.remove(folder);
  }
}
