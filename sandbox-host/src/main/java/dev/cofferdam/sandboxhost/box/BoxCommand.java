// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.box;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandboxhost.limits.BoxLimits;
import dev.cofferdam.sandboxhost.uids.BoxUids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line of the outer box, bwrap(1): namespaces of its own, no IP network, the host's
 * programs read-only, and what the agent needs. All capabilities in it are of its own user
 * namespace and worth nothing outside.
 */
public final class BoxCommand {
  /**
   * A core that is handed to a program, as core_pattern may say, heeds no limit of its size: then
   * none of a box's memory is in it, core(5).
   */
  private static final String NO_MEMORY_IN_CORES =
      "f=/proc/self/coredump_filter; if [ -e $f ]; then echo 0 >$f || exit 1; fi;";

  private static final Path AGENT = Path.of("/opt/coffer/agent");

  /** Settings of ours that agents read, all of them numbers. */
  private static final List<String> AGENT_LIMITS =
      List.of(
          "coffer.limit.processes",
          "coffer.limit.open-files",
          "coffer.limit.file-megabytes",
          "coffer.limit.process-megabytes",
          "coffer.limit.temporary-megabytes");

  private final BoxUids uids;
  private final BoxLimits limits;
  private final Inside inside;

  public BoxCommand(BoxUids uids, BoxLimits limits, Inside inside) {
    this.uids = uids;
    this.limits = limits;
    this.inside = inside;
  }

  /**
   * Paths of the host that are bound into every box, read-only.
   *
   * @param nothing an empty directory: what lies below the mount point
   */
  public record Inside(
      Path vaultDirectory, Path agent, Path filter, Path ticketKey, Path nothing) {}

  /** Prints {@code {"child-pid": N}} first. */
  List<String> of(SandboxId sandbox, WorkspaceId workspace, Path cipher, Path socketDirectory)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(NO_MEMORY_IN_CORES);
    for (Path procs : limits.prepare(sandbox.toString())) {
      words.add("echo $$ > " + procs + " &&");
    }
    words.add("exec prlimit --core=0");
    words.addAll(uids.enter(workspace));
    words.add(namespaces());
    words.add(programs());
    words.add("--bind " + cipher + " /cipher --ro-bind " + inside.nothing() + " /plain");
    words.add("--bind " + socketDirectory + " /run/coffer/box");
    words.add("--ro-bind " + inside.vaultDirectory() + " /run/coffer/vault");
    words.add("--ro-bind " + inside.ticketKey() + " /run/coffer/ticket.pub");
    words.add("--ro-bind " + inside.agent() + " /opt/coffer/agent");
    words.add("--ro-bind " + inside.filter() + " /opt/coffer/seccomp.bpf");
    words.add("--info-fd 3 --chdir /");
    words.addAll(java(sandbox, workspace));
    // bubblewrap closes the descriptor it has told the pid on: it must not be standard output.
    words.add("3>&1");
    return List.of("/bin/sh", "-c", String.join(" ", words));
  }

  private static String namespaces() {
    return "--unshare-pid --unshare-ipc --unshare-uts --unshare-net --unshare-cgroup-try"
        + " --die-with-parent --new-session --cap-add ALL --clearenv"
        + " --setenv PATH /usr/bin:/usr/sbin --setenv LANG C.UTF-8 --setenv MALLOC_ARENA_MAX 1"
        + " --hostname box";
  }

  private static String programs() {
    return "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/sbin /sbin"
        + " --symlink usr/lib /lib --symlink usr/lib64 /lib64 --ro-bind /etc /etc"
        + " --proc /proc --dev /dev --dev-bind /dev/fuse /dev/fuse"
        + " --size 16777216 --tmpfs /tmp --dir /run/coffer --dir /opt/coffer";
  }

  private List<String> java(SandboxId sandbox, WorkspaceId workspace) throws IOException {
    Path home = Path.of(System.getProperty("java.home"));
    List<String> words = new ArrayList<>();
    if (!home.startsWith("/usr")) {
      words.add("--ro-bind " + home + " /opt/coffer/jdk");
      home = Path.of("/opt/coffer/jdk");
    }
    words.add(home.resolve("bin/java").toString());
    words.add("@" + AGENT.resolve("agent.options"));
    if (Files.exists(inside.agent().resolve("agent.aot"))) {
      words.add("-XX:AOTCache=" + AGENT.resolve("agent.aot"));
    }
    words.add("-Djna.boot.library.path=" + AGENT.resolve("natives/com/sun/jna/linux-x86-64"));
    words.add(
        "-Dpty4j.preferred.native.folder=" + AGENT.resolve("natives/resources/com/pty4j/native"));
    for (String name : AGENT_LIMITS) {
      Optional.ofNullable(Integer.getInteger(name))
          .ifPresent(n -> words.add("-D" + name + "=" + n));
    }
    words.add("-Dcoffer.sandbox.id=" + sandbox);
    words.add("-Dcoffer.workspace.id=" + workspace);
    words.add("-cp " + classPath() + " dev.cofferdam.agent.TerminalAgent");
    return words;
  }

  /** The agent's start cache is bound to the order of its jars: that of their names. */
  private String classPath() throws IOException {
    try (Stream<Path> entries = Files.list(inside.agent())) {
      return entries
          .map(entry -> AGENT.resolve(entry.getFileName()).toString())
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(":"));
    }
  }
}
