// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's ssh-keygen, working in one directory. */
final class SshKeygen {
  static final String NAMESPACE = "coffer-login-v1@test";

  private final Path dir;

  SshKeygen(Path dir) {
    this.dir = dir;
  }

  record Ran(int code, String out, String err) {}

  /** Makes a key pair; the options go in front, as in {@code -t rsa -b 3072}. */
  SshKeygen make(String name, String... options) {
    must("", Stream.concat(Stream.of(options), Stream.of("-q", "-N", "", "-C", "me", "-f", name)));
    return this;
  }

  SshPublicKey key(String name) {
    return PublicKeyLine.parse(read(name + ".pub")).key();
  }

  String sign(String name, String message, String... options) {
    return must(
        message,
        Stream.concat(Stream.of("-Y", "sign", "-n", NAMESPACE, "-f", name), Stream.of(options)));
  }

  /** Whether {@code ssh-keygen -Y verify} accepts it of somebody with this line. */
  boolean verifies(String allowedSigners, String armour, String message) {
    write("allowed", "me " + allowedSigners + "\n");
    write("signature", armour);
    return run(
                message,
                List.of(
                    "-Y",
                    "verify",
                    "-f",
                    "allowed",
                    "-I",
                    "me",
                    "-n",
                    NAMESPACE,
                    "-s",
                    "signature"))
            .code()
        == 0;
  }

  String must(String input, Stream<String> arguments) {
    Ran ran = run(input, arguments.toList());
    if (ran.code() != 0) {
      throw new IllegalStateException(ran.err());
    }
    return ran.out();
  }

  Ran run(String input, List<String> arguments) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(Stream.concat(Stream.of("ssh-keygen"), arguments.stream()).toList())
              .directory(dir.toFile())
              .redirectError(dir.resolve("stderr").toFile())
              .redirectOutput(dir.resolve("stdout").toFile());
      builder.environment().remove("SSH_AUTH_SOCK");
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(UTF_8));
      } catch (IOException e) {
        // It had seen enough before it read all.
      }
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("ssh-keygen hangs");
      }
      return new Ran(process.exitValue(), read("stdout"), read("stderr"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String read(String name) {
    try {
      return Files.readString(dir.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, String text) {
    try {
      Files.writeString(dir.resolve(name), text, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
