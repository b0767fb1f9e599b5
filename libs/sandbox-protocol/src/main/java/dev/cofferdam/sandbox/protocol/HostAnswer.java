// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

import dev.cofferdam.identity.SandboxId;
import java.util.List;
import java.util.Set;

/** The answer to the request with the same {@code id}. */
public sealed interface HostAnswer extends HostMessage {
  long id();

  /** Done, nothing to tell. */
  record Accepted(long id) implements HostAnswer {}

  record Started(long id, Box box) implements HostAnswer {}

  /**
   * All that were handed out.
   *
   * @param attended those whose starter's connection is still there: it may be opening them
   */
  record Boxes(long id, List<Box> boxes, Set<SandboxId> attended) implements HostAnswer {
    public Boxes {
      boxes = List.copyOf(boxes);
      attended = Set.copyOf(attended);
    }
  }

  /** One that can't be measured is left out. */
  record Measured(long id, List<BoxUse> uses) implements HostAnswer {
    public Measured {
      uses = List.copyOf(uses);
    }
  }

  /**
   * Not done.
   *
   * @param problem stable: {@code too-many-boxes}, {@code swap-unencrypted}, {@code box-running},
   *     {@code box-stuck}, {@code start-failed}, {@code malformed}, {@code
   *     user-namespaces-forbidden}
   * @param detail one sentence that says what to do
   */
  record Refused(long id, String problem, String detail) implements HostAnswer {}
}
