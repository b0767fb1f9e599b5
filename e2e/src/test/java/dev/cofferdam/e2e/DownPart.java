// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A part that hangs, or that died while its supervisor hangs; closing lets it be there again. */
record DownPart(Coffer coffer, Coffer.Part before, long[] stopped, boolean died)
    implements AutoCloseable {
  private static final Duration RESTART = Duration.ofSeconds(60);

  static DownPart of(Coffer coffer, String name, boolean died) {
    Coffer.Part part = coffer.part(name);
    long[] processes = withChildren(part.pid());
    if (!died) {
      Processes.signal("STOP", processes);
      return new DownPart(coffer, part, processes, false);
    }
    long supervisor = coffer.supervisor();
    Processes.signal("STOP", supervisor);
    Processes.signal("KILL", processes);
    return new DownPart(coffer, part, new long[] {supervisor}, true);
  }

  static long[] withChildren(long pid) {
    List<Long> all = new ArrayList<>(Processes.descendants(pid));
    all.add(pid);
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  String name() {
    return before.name();
  }

  /** Returns when it runs on, or is ready again. */
  @Override
  public void close() {
    Processes.signal("CONT", stopped);
    if (died) {
      coffer.awaitRestarted(before, RESTART);
    }
  }
}
