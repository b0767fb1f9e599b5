// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.process.StartFailure;
import java.util.List;

/** Where a replica answers for its health and its numbers, as a setting may say. */
final class ManagementPort {
  private static final String KEY = "quarkus.management.port";
  private static final int LOWEST = 1024;
  private static final int HIGHEST = 65_535;

  private ManagementPort() {}

  /**
   * That of the first replica is the one that is set, each further one has the next.
   *
   * @param settings of its service, KEY=VALUE, of which the last one counts
   * @param free what it has unless one is set
   * @throws StartFailure if what is set is not from 1024 to 65535, for each replica
   */
  static int of(Replica replica, List<String> settings, int free) {
    return settings.stream()
        .filter(setting -> setting.startsWith(KEY + "="))
        .reduce((first, last) -> last)
        .map(last -> behind(last.substring(KEY.length() + 1), replica))
        .orElse(free);
  }

  private static int behind(String first, Replica replica) {
    try {
      int port = Integer.parseInt(first) + replica.number() - 1;
      if (port >= LOWEST && port <= HIGHEST) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new StartFailure(
        "%s:%s takes a port from %d to %d, of which each replica has one"
            .formatted(replica.service(), KEY, LOWEST, HIGHEST));
  }
}
