// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.cell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command lines that make the cell and bring a terminal into it. bwrap(1), nsenter(1).
 *
 * <p>A seccomp filter of the cell's first process does not reach what nsenter brings in, so each
 * terminal gets it again, on descriptor 3.
 */
final class CellCommand {
  /** Parts of /etc that programs need and that tell nothing; those missing are passed over. */
  private static final List<String> ETC =
      List.of(
          "alternatives",
          "bash.bashrc",
          "ca-certificates",
          "debian_version",
          "fonts",
          "gitconfig",
          "inputrc",
          "java-17-openjdk",
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "localtime",
          "locale.alias",
          "magic",
          "mime.types",
          "nanorc",
          "os-release",
          "perl",
          "profile",
          "profile.d",
          "python3",
          "python3.11",
          "python3.12",
          "python3.13",
          "skel",
          "ssl",
          "terminfo",
          "tmux.conf",
          "vim",
          "wgetrc");

  /** What the cell's first program prints, on a line of its own, once it runs. */
  static final String READY = "cell-ready";

  /**
   * Some settings belong to namespaces, and so to him whose namespaces they are. And anybody may
   * take back his own oom_score_adj, proc_pid_oom_score_adj(5), unless it was raised by a
   * privileged one. What a descriptor's name leads to is written all the same.
   */
  private static final String PROC =
      "--proc /proc --ro-bind /proc/sys /proc/sys --remount-ro /proc";

  private static final long MEBIBYTE = 1024 * 1024;

  private final Path files;
  private final Path filter;
  private final Path scratch;
  private final CellLimits limits;

  CellCommand(Path files, Path filter, Path scratch, CellLimits limits) {
    this.files = files;
    this.filter = filter;
    this.scratch = scratch;
    this.limits = limits;
  }

  /** Prints {@code {"child-pid": N}} first: the cell's first process, seen from here. */
  List<String> start() {
    List<String> bwrap = new ArrayList<>(List.of(limits.command(), "bwrap"));
    add(bwrap, "--unshare-user --uid 1000 --gid 1000 --unshare-pid --unshare-net --unshare-ipc");
    add(bwrap, "--unshare-uts --unshare-cgroup-try --hostname workspace --die-with-parent");
    add(bwrap, "--new-session --cap-drop ALL --clearenv --setenv PATH /usr/bin");
    add(bwrap, "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/sbin /sbin");
    add(bwrap, "--symlink usr/lib /lib --symlink usr/lib64 /lib64 --dir /var --dir /etc");
    add(bwrap, "--symlink ../tmp /var/tmp");
    ETC.forEach(name -> add(bwrap, "--ro-bind-try /etc/" + name + " /etc/" + name));
    for (String name : List.of("passwd", "group", "hosts", "nsswitch.conf")) {
      add(bwrap, "--ro-bind " + scratch.resolve("etc").resolve(name) + " /etc/" + name);
    }
    add(bwrap, "--proc /proc --dev /dev --dev-bind /dev/pts /dev/pts");
    add(bwrap, "--dev-bind /dev/pts/ptmx /dev/ptmx");
    add(bwrap, temporary("/tmp") + temporary("/dev/shm"));
    add(bwrap, "--bind " + files + " /workspace --chdir /workspace");
    // bubblewrap's own root and /dev are memory that the user could fill; all mount points exist.
    add(bwrap, "--remount-ro /dev --remount-ro / --seccomp 3 --info-fd 4");
    // The cell ends with this program, so it hears no hangup.
    add(
        bwrap,
        "sh -c 'trap \"\" HUP; echo "
            + READY
            + "; exec sleep infinity >/dev/null' 4>&1 3<"
            + filter);
    return shell(bwrap);
  }

  /** A login shell in the cell, on the terminal that this command is started on. */
  List<String> terminal(long cell) {
    return shell(words(cell, "bash -l"));
  }

  /**
   * The same, which first goes to this directory of the cell if it can. Its name is text of
   * programs, so it is no part of the line but an argument, and written so that it is nothing but
   * digits until it is inside.
   *
   * @param directory a char for each byte
   */
  List<String> terminal(long cell, String directory) {
    String there = "sh -c 'cd -- \"$(printf %b \"$1\")\" 2>/dev/null; exec bash -l' sh \"$1\"";
    List<String> command = new ArrayList<>(shell(words(cell, there)));
    command.add("sh");
    command.add(octal(directory));
    return List.copyOf(command);
  }

  private static String octal(String bytes) {
    StringBuilder text = new StringBuilder();
    bytes.chars().forEach(b -> text.append(String.format("\\0%03o", b & 0xff)));
    return text.toString();
  }

  private List<String> words(long cell, String program) {
    List<String> command = new ArrayList<>(List.of(limits.command()));
    add(command, "nsenter --preserve-credentials --user --mount --pid --net --ipc --uts");
    add(command, "--target " + cell);
    add(command, "bwrap --bind / / " + PROC + " --dev-bind /dev /dev");
    add(
        command,
        "--unshare-user --uid 1000 --gid 1000 --disable-userns --die-with-parent --cap-drop ALL --clearenv");
    add(command, "--setenv PATH /usr/local/bin:/usr/bin:/bin --setenv HOME /workspace");
    add(command, "--setenv USER me --setenv LOGNAME me --setenv SHELL /bin/bash");
    add(command, "--setenv LANG C.UTF-8 --setenv TERM xterm-256color --setenv COLORTERM truecolor");
    add(command, "--chdir /workspace --seccomp 3 " + program + " 3<" + filter);
    return command;
  }

  private String temporary(String path) {
    return "--perms 1777 --size "
        + limits.temporaryMegabytes() * MEBIBYTE
        + " --tmpfs "
        + path
        + " ";
  }

  private static void add(List<String> command, String words) {
    command.add(words);
  }

  /** All words are ours and mean nothing else to a shell; it is there for descriptors 3 and 4. */
  private static List<String> shell(List<String> words) {
    return List.of("/bin/sh", "-c", String.join(" ", words));
  }
}
