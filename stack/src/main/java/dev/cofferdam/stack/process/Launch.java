// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.process;

import dev.cofferdam.handover.HandoverLine;
import dev.cofferdam.stack.place.PartUser;
import java.util.List;
import java.util.Map;

/**
 * How a part is started.
 *
 * @param command words, nothing secret in them
 * @param user who it runs as, when we are root
 * @param handover secrets, written to its standard input as one line; none if empty
 * @param keepsInput whether its standard input stays open for more such lines
 * @param mayGainPrivileges whether programs that it starts may be set-user-id: only newuidmap(1)
 *     for sandboxes
 */
public record Launch(
    List<String> command,
    PartUser user,
    Map<String, String> handover,
    boolean keepsInput,
    boolean mayGainPrivileges) {

  public Launch {
    command = List.copyOf(command);
    handover = Map.copyOf(handover);
  }

  /** A part that is handed nothing. */
  public static Launch of(PartUser user, List<String> command) {
    return new Launch(command, user, Map.of(), false, false);
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
