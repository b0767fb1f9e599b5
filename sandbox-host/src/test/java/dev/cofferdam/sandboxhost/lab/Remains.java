// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.sandboxhost.lab.Processes.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What of an open box could be left when it is gone. */
public final class Remains {
  private static final long LOWEST_SUBORDINATE = 65_536;

  private final TestBox box;
  private final Set<Long> pids;
  private final Set<Long> uids;

  private Remains(TestBox box, Set<Long> pids, Set<Long> uids) {
    this.box = box;
    this.pids = pids;
    this.uids = uids;
  }

  /** Of this box, which is open. */
  public static Remains of(TestBox box) {
    List<Found> processes = box.processes();
    assertThat(processes).extracting(Found::commandLine).anyMatch(c -> c.startsWith("gocryptfs"));
    return new Remains(
        box,
        processes.stream().map(Found::pid).collect(Collectors.toSet()),
        processes.stream()
            .map(Found::uid)
            .filter(uid -> uid >= LOWEST_SUBORDINATE)
            .collect(Collectors.toSet()));
  }

  /** No process, so no key; no mount; no socket. */
  public void assertNone() {
    assertThat(Processes.all()).noneMatch(p -> pids.contains(p.pid()) || uids.contains(p.uid()));
    try {
      assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("gocryptfs");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    assertThat(Path.of(box.box().socket())).doesNotExist();
  }
}
