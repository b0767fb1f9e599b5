// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every place of a running product where a secret could have been left. */
final class Haystack {
  private static final Set<String> PSEUDO =
      Set.of(
          "proc",
          "sysfs",
          "cgroup",
          "cgroup2",
          "devpts",
          "mqueue",
          "debugfs",
          "tracefs",
          "bpf",
          "securityfs",
          "pstore",
          "binfmt_misc",
          "fusectl",
          "configfs",
          "rpc_pipefs",
          "autofs",
          "nsfs",
          "hugetlbfs",
          "efivarfs",
          "fuse.gocryptfs");

  private final Coffer coffer;
  private final Instant since = Instant.now();

  Haystack(Coffer coffer) {
    this.coffer = coffer;
  }

  /** Where which needle was found; empty is good. */
  List<String> search(Needles needles) {
    List<String> found = searchOurs(needles);
    found.addAll(inFiles(changedFiles(), needles));
    return found;
  }

  /** The same without what others own: data directory, command lines, memory; quicker. */
  List<String> searchOurs(Needles needles) {
    List<String> found = new ArrayList<>();
    found.addAll(inFiles(Trees.files(coffer.data()), needles));
    found.addAll(inCommandLines(needles));
    found.addAll(inMemory(needles));
    return found;
  }

  /** All of the product's memory but the sandbox's: that is where key and files belong. */
  List<String> inMemory(Needles needles) {
    return inMemory(trusted(), needles);
  }

  /** Of boxes alone: those that wait, while no workspace is open. */
  List<String> inBoxes(Needles needles) {
    return inMemory(Processes.descendants(coffer.part("sandbox-host").pid()), needles);
  }

  private static List<String> inMemory(Set<Long> pids, Needles needles) {
    List<String> found = new ArrayList<>();
    Set<String> shared = new LinkedHashSet<>();
    for (long pid : pids) {
      for (String needle : MemoryOf.process(pid, needles, shared)) {
        found.add(needle + " in the memory of " + pid + " " + Processes.commandLine(pid));
      }
    }
    return found;
  }

  /** The supervisor and its parts with what they started, boxes and Vault itself left out. */
  Set<Long> trusted() {
    long supervisor = coffer.supervisor();
    Set<Long> all = Processes.descendants(supervisor);
    all.add(supervisor);
    all.removeAll(Processes.descendants(coffer.part("sandbox-host").pid()));
    all.remove(coffer.part("vault").pid());
    return all;
  }

  List<String> inCommandLines(Needles needles) {
    List<String> found = new ArrayList<>();
    for (long pid : Processes.all()) {
      for (String file : List.of("cmdline", "environ")) {
        for (String needle : needles.in(Processes.read(pid, file).getBytes(ISO_8859_1))) {
          found.add(needle + " in /proc/" + pid + "/" + file);
        }
      }
    }
    return found;
  }

  static List<String> inFiles(Iterable<Path> files, Needles needles) {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      needles.in(file).forEach(needle -> found.add(needle + " in " + file));
    }
    return found;
  }

  /**
   * What was changed since this was made, on every mount that can be written, ours and the box's.
   * Nothing older can hold a key that is younger.
   */
  List<Path> changedFiles() {
    Map<String, Long> spaces = new LinkedHashMap<>();
    spaces.put("ours", ProcessHandle.current().pid());
    Set<Long> all = Processes.descendants(coffer.supervisor());
    all.add(coffer.supervisor());
    all.forEach(pid -> Processes.namespace(pid, "mnt").ifPresent(ns -> spaces.put(ns, pid)));
    Set<Path> found = new LinkedHashSet<>();
    spaces.values().forEach(pid -> found.addAll(changedFiles(pid)));
    return List.copyOf(found);
  }

  private List<Path> changedFiles(long pid) {
    List<String> mounts = new ArrayList<>();
    for (String line : Processes.read(pid, "mountinfo").split("\n")) {
      String[] halves = line.split(" - ", 2);
      if (halves.length < 2) {
        continue;
      }
      String[] mount = halves[0].split(" ");
      String type = halves[1].split(" ")[0];
      boolean writable = List.of(mount[5].split(",")).contains("rw");
      if (writable && !PSEUDO.contains(type)) {
        mounts.add("/proc/" + pid + "/root" + mount[4].replace("\\040", " "));
      }
    }
    return mounts.isEmpty() ? List.of() : newerFiles(mounts);
  }

  private List<Path> newerFiles(List<String> mounts) {
    List<String> command = new ArrayList<>(List.of("find"));
    mounts.forEach(mount -> command.add(mount + "/"));
    command.addAll(
        List.of("-xdev", "-type", "f", "-newerct", "@" + since.getEpochSecond(), "-print0"));
    try {
      Path list = Files.createTempFile("coffer-changed", "");
      new ProcessBuilder(command)
          .redirectOutput(list.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      List<Path> found = new ArrayList<>();
      for (String name : Files.readString(list, ISO_8859_1).split("\0")) {
        Path file =
            Path.of(new String(name.getBytes(ISO_8859_1), java.nio.charset.StandardCharsets.UTF_8));
        if (!name.isEmpty() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          found.add(file);
        }
      }
      Files.delete(list);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
