// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.util.List;
import java.util.Set;

/**
 * The processes of one open workspace, found from outside, and the namespaces that they alone live
 * in: while one of those exists, something of the sandbox does.
 */
final class Sandbox {
  private final long host;
  private final Set<Long> processes;
  private final Set<String> mounts;
  private final Set<String> pidSpaces;
  private final long startedBefore;

  private Sandbox(long host, Set<Long> processes) {
    this.host = host;
    this.processes = processes;
    Set<String> ofHost = Processes.namespaces(List.of(host, ProcessHandle.current().pid()), "mnt");
    mounts = Processes.namespaces(processes, "mnt");
    mounts.removeAll(ofHost);
    pidSpaces = Processes.namespaces(processes, "pid");
    pidSpaces.removeAll(Processes.namespaces(List.of(host), "pid"));
    startedBefore = processes.stream().mapToLong(Processes::startTicks).max().orElse(0);
  }

  static boolean isOpen(Coffer coffer) {
    return Processes.descendants(coffer.part("sandbox-host").pid()).stream()
        .anyMatch(pid -> Processes.name(pid).equals("gocryptfs"));
  }

  /** The one that is open now: what sandbox-host started with a mounted tree in it. */
  static Sandbox of(Coffer coffer) {
    long host = coffer.part("sandbox-host").pid();
    long mounted =
        Processes.descendants(host).stream()
            .filter(pid -> Processes.name(pid).equals("gocryptfs"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no workspace is open below " + host));
    long top = mounted;
    while (Processes.parent(top) != host) {
      top = Processes.parent(top);
    }
    Set<Long> processes = Processes.descendants(top);
    processes.add(top);
    return new Sandbox(host, processes);
  }

  /**
   * One of several that are open.
   *
   * @param id as its box has it on its command line
   */
  static Sandbox of(Coffer coffer, String id) {
    long host = coffer.part("sandbox-host").pid();
    long top =
        Processes.descendants(host).stream()
            .filter(pid -> Processes.parent(pid) == host)
            .filter(pid -> Processes.commandLine(pid).contains(id))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no box " + id + " below " + host));
    Set<Long> processes = Processes.descendants(top);
    processes.add(top);
    return new Sandbox(host, processes);
  }

  /** Its trusted process: the one that is Java. */
  long agent() {
    return named("java");
  }

  long gocryptfs() {
    return named("gocryptfs");
  }

  /** How many are there with this name, for instance {@code bash}. */
  long count(String name) {
    return processes.stream().filter(pid -> Processes.name(pid).equals(name)).count();
  }

  private long named(String name) {
    return processes.stream()
        .filter(pid -> Processes.name(pid).equals(name))
        .reduce((first, last) -> last)
        .orElseThrow(
            () -> new AssertionError("no " + name + " below " + host + ": " + described()));
  }

  private String described() {
    StringBuilder all = new StringBuilder();
    processes.forEach(
        pid -> all.append(pid).append(' ').append(Processes.commandLine(pid)).append('\n'));
    return all.toString();
  }

  /** Whether no process is left in its namespaces; its mounts live in them alone. */
  boolean isGone() {
    return within(mounts, "mnt").isEmpty() && within(pidSpaces, "pid").isEmpty();
  }

  /**
   * Those of its processes that are in these namespaces of its own. The kernel gives a namespace's
   * number to the next one, so what was started later is of another sandbox: what this one started
   * later has died with the first process of its pid namespace.
   */
  List<Long> within(Set<String> namespaces, String kind) {
    return Processes.within(namespaces, kind).stream().filter(this::isAsOld).toList();
  }

  /** Whether this process was there when the sandbox was looked at. */
  boolean isAsOld(long pid) {
    return Processes.startTicks(pid) <= startedBefore;
  }

  Set<Long> processes() {
    return processes;
  }
}
