// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that gets no new thread for a while: RLIMIT_NPROC, getrlimit(2). */
public final class NoThreads {
  private final String pid;
  private final SandboxUser user;

  private NoThreads(String pid, SandboxUser user) {
    this.pid = pid;
    this.user = user;
  }

  /** What is tried meanwhile. */
  public interface Attempt {
    void run() throws IOException;
  }

  public static void during(long pid, SandboxUser user, Attempt attempt) throws IOException {
    NoThreads none = new NoThreads(pid + "", user);
    String hard = none.prlimit("--nproc", "--output", "HARD", "--noheadings", "--raw").strip();
    // The soft limit, which its own user may raise again.
    none.prlimit("--nproc=1:");
    try {
      attempt.run();
    } finally {
      none.prlimit("--nproc=" + hard + ":");
    }
  }

  /** As the process's own user. */
  private String prlimit(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    if (user.own()) {
      command.addAll(List.of("setpriv", "--reuid", id("Uid"), "--regid", id("Gid")));
      command.add("--clear-groups");
    } else {
      command.addAll(List.of("nsenter", "--user", "--target", pid));
    }
    command.addAll(List.of("prlimit", "--pid", pid));
    command.addAll(List.of(words));
    return Command.require(command);
  }

  private String id(String which) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(which + ":"))
        .map(line -> line.split("\t")[1])
        .findFirst()
        .orElseThrow();
  }
}
