// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.process.StartFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Where a replica answers for its health and its numbers, as a setting may say. */
final class ManagementPort {
  private static final String KEY = "quarkus.management.port";
  private static final int LOWEST = 1024;
  private static final int HIGHEST = 65_535;

  private ManagementPort() {}

  /**
   * Those of all replicas of all services.
   *
   * @param settings of a service by its name, see {@link #of}
   * @param free what each has unless one is set
   * @throws StartFailure as {@link #of}, or if two would have the same
   */
  static Map<Replica, Integer> ofAll(
      List<Replica> replicas,
      Function<String, List<String>> settings,
      ToIntFunction<Replica> free) {
    Map<Integer, Replica> taken = new LinkedHashMap<>();
    Map<Replica, Integer> all = new LinkedHashMap<>();
    for (Replica replica : replicas) {
      int port = of(replica, settings.apply(replica.service()), free.applyAsInt(replica));
      Replica before = taken.putIfAbsent(port, replica);
      if (before != null) {
        throw new StartFailure(
            "%s would give %s and %s the same port %d: set another"
                .formatted(KEY, before.name(), replica.name(), port));
      }
      all.put(replica, port);
    }
    return all;
  }

  /**
   * That of the first replica is the one that is set, each further one has the next.
   *
   * @param settings of its service, KEY=VALUE, of which the last one counts
   * @param free what it has unless one is set
   * @throws StartFailure if what is set is not from 1024 to 65535, for each replica, or is set for
   *     a profile: that would count more than what a replica is told
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
