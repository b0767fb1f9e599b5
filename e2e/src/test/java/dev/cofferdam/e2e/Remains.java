// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What could be left of a sandbox that is open now, as the kernel tells of it. */
final class Remains {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final long LOWEST_SUBORDINATE = 65_536;
  private static final Pattern UID = Pattern.compile("(?m)^Uid:\\s+(\\d+)");
  private static final Pattern BOXES = Pattern.compile("-Dcoffer\\.sandbox-host\\.boxes=(\\S+)");
  private static final String MOUNT = " - fuse.gocryptfs ";
  private static final String ESTABLISHED = "01";

  private final Coffer coffer;
  private final String id;
  private final Sandbox sandbox;
  private final Set<Long> uids;
  private final Set<String> devices;

  /** Its own, in which its Unix sockets are as well. */
  private final Set<String> networks;

  private final Needles key;

  private Remains(Coffer coffer, String id, Needles key) {
    this.coffer = coffer;
    this.id = id;
    this.key = key;
    sandbox = Sandbox.of(coffer, id);
    uids =
        sandbox.processes().stream()
            .flatMapToLong(pid -> uid(pid).stream())
            .filter(uid -> uid >= LOWEST_SUBORDINATE)
            .boxed()
            .collect(Collectors.toSet());
    devices = devices(List.of(sandbox.agent()));
    networks = Processes.namespaces(sandbox.processes(), "net");
    networks.removeAll(Processes.namespaces(List.of(ProcessHandle.current().pid()), "net"));
  }

  /**
   * Of a sandbox that is open, with a view of a terminal; each search finds it now.
   *
   * @param id its own
   * @param key its workspace's, and what gocryptfs makes of it
   */
  static Remains of(Coffer coffer, String id, Needles key) {
    Remains remains = new Remains(coffer, id, key);
    assertThat(remains.uids).as("uids of the sandbox").isNotEmpty();
    assertThat(remains.devices).as("its mount").hasSize(1);
    assertThat(remains.processes()).isNotEmpty();
    assertThat(remains.mounts()).isNotEmpty();
    assertThat(remains.networks).as("its network").isNotEmpty();
    assertThat(remains.socket()).exists();
    assertThat(remains.connections()).isNotEmpty();
    assertThat(MemoryOf.process(remains.sandbox.gocryptfs(), key))
        .contains("content key raw", "key of names raw");
    return remains;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /** A moment is left for sockets: who had them hears of the end only then. */
  void assertNone() {
    assertThat(sandbox.isGone()).as("its namespaces").isTrue();
    assertThat(processes()).as("processes of its uids").isEmpty();
    assertThat(mounts()).as("its mount, in any namespace").isEmpty();
    assertThat(keyInMemory()).as("its key").isEmpty();
    assertThat(sandbox.within(networks, "net")).as("its sockets").isEmpty();
    Await.until("no socket of its agent", SOON, () -> !Files.exists(socket()));
  }

  /** The same of all: nobody looks at a terminal any more. */
  void assertNoConnection() {
    Await.until("no connection of a terminal", SOON, () -> connections().isEmpty());
  }

  private List<String> processes() {
    return Processes.all().stream()
        .filter(Processes::isAlive)
        .filter(pid -> uid(pid).stream().anyMatch(uids::contains))
        .map(pid -> pid + " " + Processes.commandLine(pid))
        .toList();
  }

  private static OptionalLong uid(long pid) {
    Matcher uid = UID.matcher(Processes.read(pid, "status"));
    return uid.find() ? OptionalLong.of(Long.parseLong(uid.group(1))) : OptionalLong.empty();
  }

  private Set<String> mounts() {
    Set<String> found = devices(Processes.all().stream().filter(this::mayBeOfIt).toList());
    found.retainAll(devices);
    return found;
  }

  /** Or of the server: not one of another workspace, whose mount may have got the same number. */
  private boolean mayBeOfIt(long pid) {
    return sandbox.isAsOld(pid)
        && uid(pid).stream().allMatch(uid -> uid < LOWEST_SUBORDINATE || uids.contains(uid));
  }

  /** {@code major:minor} of what these see mounted, proc_pid_mountinfo(5). */
  private static Set<String> devices(List<Long> pids) {
    Set<String> found = new LinkedHashSet<>();
    for (long pid : pids) {
      Processes.read(pid, "mountinfo")
          .lines()
          .filter(line -> line.contains(MOUNT))
          .forEach(line -> found.add(line.split(" ")[2]));
    }
    return found;
  }

  /** All that could have had it: who starts boxes, what it has started, who passes tokens on. */
  private List<String> keyInMemory() {
    long host = coffer.part("sandbox-host").pid();
    Set<Long> pids = Processes.descendants(host);
    pids.add(host);
    pids.add(coffer.part("terminal-gateway").pid());
    List<String> found = new ArrayList<>();
    for (long pid : pids) {
      MemoryOf.process(pid, key)
          .forEach(form -> found.add(form + " in " + pid + " " + Processes.commandLine(pid)));
    }
    return found;
  }

  /** Where its agent listens, as sandbox-host sees it. */
  private Path socket() {
    long host = coffer.part("sandbox-host").pid();
    Matcher boxes = BOXES.matcher(Processes.commandLine(host));
    assertThat(boxes.find()).as(Processes.commandLine(host)).isTrue();
    return Path.of("/proc/" + host + "/root" + boxes.group(1), id, "agent.sock");
  }

  /** To the public door, as proc_pid_net(5) lists them; nobody else has any that stays. */
  private List<String> connections() {
    String port = ":%04X".formatted(coffer.port());
    List<String> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      try {
        Files.readString(Path.of("/proc/net", table), UTF_8)
            .lines()
            .map(line -> line.strip().split("\\s+"))
            .filter(row -> row[1].endsWith(port) && row[3].equals(ESTABLISHED))
            .forEach(row -> found.add(row[1] + " " + row[2]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }
}
