// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of {@code ./coffer}: what it was given and what came of it. */
final class Command {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

  /** What a run said; standard output and error are told apart. */
  record Result(int status, String out, String err) {
    /** Both, for messages. */
    String said() {
      return "exit status " + status + "\n" + out + err;
    }
  }

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private String typed = "";
  private Duration most = Duration.ofSeconds(90);

  Command(String... words) {
    this.words.add(CHECKOUT.resolve("coffer").toString());
    this.words.addAll(List.of(words));
    environment.put("COFFER_SKIP_BUILD", "1");
  }

  Command and(String... more) {
    words.addAll(List.of(more));
    return this;
  }

  Command environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** What stands on its standard input. */
  Command typing(String text) {
    typed = text;
    return this;
  }

  Command within(Duration longest) {
    most = longest;
    return this;
  }

  /** Runs it to its end. Output goes to files: what it leaves running may keep them open. */
  Result run() {
    try {
      Path folder = Files.createTempDirectory("coffer-command");
      Path in = Files.writeString(folder.resolve("in"), typed);
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .directory(CHECKOUT.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(Redirect.to(out.toFile()))
              .redirectError(Redirect.to(err.toFile()));
      builder.environment().putAll(environment);
      int status = await(builder.start());
      Result result =
          new Result(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
      Trees.remove(folder);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int await(Process process) {
    try {
      if (process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      throw new AssertionError("Not over within " + most + ": " + String.join(" ", words));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
