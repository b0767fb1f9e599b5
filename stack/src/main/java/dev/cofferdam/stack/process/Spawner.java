// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import dev.cofferdam.stack.place.PartUser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Starts parts, all from one thread that lives as long as the program: a part is killed when its
 * parent dies, and to the kernel the parent is the thread that started it (PR_SET_PDEATHSIG,
 * prctl(2)). So nothing is left of a stack whose supervisor was killed.
 */
public final class Spawner {
  /**
   * Before a command: as many processes as the kernel lets us give, RLIMIT_NPROC. A user's account
   * holds those in user namespaces of his too (since Linux 5.14), so sandboxes, which have limits
   * of their own, would take sandbox-host's threads from it.
   */
  private static final String ALL_PROCESSES =
      "prlimit --pid $$ --nproc=unlimited 2>/dev/null || prlimit --pid $$ --nproc=$(prlimit --pid $$"
          + " --nproc --output HARD --noheadings --raw):; exec \"$@\"";

  private final boolean root;
  private final Function<PartUser, String> names;
  private final ExecutorService parent =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("parent-of-parts").factory());

  /**
   * @param root whether parts get users of their own
   * @param names what those are called on this host
   */
  public Spawner(boolean root, Function<PartUser, String> names) {
    this.root = root;
    this.names = names;
  }

  /** Starts the part; its standard output and error are one stream. */
  public Process start(Launch launch) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words(launch)).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put("HOME", "/nonexistent");
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    builder.directory(new java.io.File("/"));
    Process process = spawn(builder);
    try {
      OutputStream input = process.getOutputStream();
      input.write(launch.input().getBytes(StandardCharsets.UTF_8));
      input.flush();
      if (!launch.keepsInput()) {
        input.close();
      }
    } catch (IOException e) {
      // It ended at once; what it said is in its log.
      return process;
    }
    return process;
  }

  private Process spawn(ProcessBuilder builder) throws IOException {
    try {
      return parent.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw new IOException("a part did not start", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static List<String> capabilities(Launch.Rights rights) {
    return switch (rights) {
      case NONE -> List.of("--inh-caps=-all", "--bounding-set=-all");
      case LOW_PORT ->
          List.of(
              "--inh-caps=-all,+net_bind_service",
              "--ambient-caps=-all,+net_bind_service",
              "--bounding-set=-all,+net_bind_service");
      case SET_USER_ID -> List.of("--inh-caps=-all");
    };
  }

  private static List<String> entering(Path procs) {
    return List.of("sh", "-c", "echo $$ > \"$0\"; exec \"$@\"", procs.toString());
  }

  /** A session of its own, so that Ctrl-C reaches us alone and parts are stopped in order. */
  private List<String> words(Launch launch) {
    List<String> words = new ArrayList<>();
    if (root) {
      launch.group().ifPresent(procs -> words.addAll(entering(procs)));
    }
    words.add("setsid");
    if (launch.rights() == Launch.Rights.SET_USER_ID) {
      words.addAll(List.of("/bin/sh", "-c", ALL_PROCESSES, "sh"));
    }
    words.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
    if (root) {
      String user = names.apply(launch.user());
      words.addAll(List.of("--reuid", user, "--regid", user, "--init-groups"));
      words.addAll(capabilities(launch.rights()));
    }
    if (launch.rights() != Launch.Rights.SET_USER_ID) {
      words.add("--no-new-privs");
    }
    words.add("--");
    words.addAll(launch.command());
    return words;
  }
}
