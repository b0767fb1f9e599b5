// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import dev.cofferdam.handover.HandoverLine;
import dev.cofferdam.stack.place.PartUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a part is started.
 *
 * @param command words, nothing secret in them
 * @param user who it runs as, when we are root
 * @param handover secrets, written to its standard input as one line; none if empty
 * @param keepsInput whether its standard input stays open for more such lines
 * @param rights what it may do beyond its user's
 * @param group {@code cgroup.procs} of the control group that it starts in, when we are root; ours
 *     if there is none or if it can't be entered
 */
public record Launch(
    List<String> command,
    PartUser user,
    Map<String, String> handover,
    boolean keepsInput,
    Rights rights,
    Optional<Path> group) {

  /** What the kernel lets it do, when we are root. */
  public enum Rights {
    NONE,
    /** Listen on a port below 1024: CAP_NET_BIND_SERVICE of capabilities(7), and no other. */
    LOW_PORT,
    /** Start programs that are set-user-id: only newuidmap(1) for sandboxes. */
    SET_USER_ID
  }

  public Launch {
    command = List.copyOf(command);
    handover = Map.copyOf(handover);
  }

  /** A part that starts in our control group. */
  public Launch(
      List<String> command,
      PartUser user,
      Map<String, String> handover,
      boolean keepsInput,
      Rights rights) {
    this(command, user, handover, keepsInput, rights, Optional.empty());
  }

  /** A part that is handed nothing. */
  public static Launch of(PartUser user, List<String> command) {
    return new Launch(command, user, Map.of(), false, Rights.NONE);
  }

  String input() {
    return handover.isEmpty() ? "" : line(handover);
  }

  /** What a part reads as one thing handed over. */
  public static String line(Map<String, String> handover) {
    return HandoverLine.write(handover) + "\n";
  }

  @Override
  public String toString() {
    return "Launch" + command;
  }
}
