// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandboxhost.lab.Processes.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of an open box could be left when it is gone. */
public final class Remains {
  private static final long LOWEST_SUBORDINATE = 65_536;

  private final TestBox box;
  private final Set<Long> pids;
  private final Set<Long> uids;

  /** {@code major:minor} of the mount, proc_pid_mountinfo(5). */
  private final String device;

  private Remains(TestBox box, Set<Long> pids, Set<Long> uids, String device) {
    this.box = box;
    this.pids = pids;
    this.uids = uids;
    this.device = device;
  }

  /** Of this box, which is open. */
  public static Remains of(TestBox box) {
    List<Found> processes = box.processes();
    assertThat(processes).extracting(Found::commandLine).anyMatch(c -> c.startsWith("gocryptfs"));
    List<String> mounts = gocryptfsDevices(Path.of("/proc", box.box().pid() + ""));
    assertThat(mounts).as("what the box sees mounted").hasSize(1);
    assertThat(everywhere()).as("the search finds it").contains(mounts.getFirst());
    return new Remains(
        box,
        processes.stream().map(Found::pid).collect(Collectors.toSet()),
        processes.stream()
            .map(Found::uid)
            .filter(uid -> uid >= LOWEST_SUBORDINATE)
            .collect(Collectors.toSet()),
        mounts.getFirst());
  }

  /** No process, so no key; no mount; no socket. */
  public void assertNone() {
    assertThat(Processes.all()).noneMatch(p -> pids.contains(p.pid()) || uids.contains(p.uid()));
    assertThat(everywhere()).doesNotContain(device);
    assertThat(Path.of(box.box().socket())).doesNotExist();
  }

  /** Devices of all mounts of gocryptfs that any process of this machine sees. */
  private static Set<String> everywhere() {
    return Processes.all().stream()
        .flatMap(p -> gocryptfsDevices(Path.of("/proc", p.pid() + "")).stream())
        .collect(Collectors.toSet());
  }

  /** A box has a mount namespace of its own: nobody outside sees what is mounted in it. */
  private static List<String> gocryptfsDevices(Path process) {
    try (Stream<String> mounts = Files.lines(process.resolve("mountinfo"))) {
      return mounts
          .filter(line -> line.contains(" - fuse.gocryptfs "))
          .map(line -> line.split(" ")[2])
          .distinct()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // ended meanwhile
    }
  }
}
