// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.meter;

import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.BoxUse;
import dev.cofferdam.sandboxhost.limits.BoxLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Measures boxes from outside, so that nothing in them can say otherwise and one that hangs is
 * measured as well. One look at the processes of this host for all of them. Thread-safe.
 */
public final class BoxMeter {
  private static final Path PROC = Path.of("/proc");

  private final BoxLimits limits;

  public BoxMeter(BoxLimits limits) {
    this.limits = limits;
  }

  /** In their order; one that has just ended is left out. */
  public List<BoxUse> of(List<Box> boxes) {
    if (boxes.isEmpty()) {
      return List.of();
    }
    ProcessTable processes = ProcessTable.read(PROC);
    return boxes.stream().flatMap(box -> measure(box, processes).stream()).toList();
  }

  private Optional<BoxUse> measure(Box box, ProcessTable processes) {
    String group = box.sandbox().toString();
    return processes
        .below(box.pid())
        .map(
            use ->
                new BoxUse(
                    box.sandbox(),
                    limits.memoryBytes(group).orElse(use.residentBytes()),
                    limits.cpuMicros(group).orElse(use.cpuMicros())));
  }
}
