// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the replicas of services listen on loopback, and where each answers for its health. */
final class ServicePorts {
  private final Map<Replica, Integer> listening = new HashMap<>();
  private final Map<Replica, Integer> management = new HashMap<>();
  private final int replicas;

  /**
   * @param inner services that only parts reach
   * @param publicPort of the first replica of the outer one; each further one has the next
   * @param free as many as are {@link #needed}
   */
  ServicePorts(List<String> inner, String outer, int publicPort, int replicas, List<Integer> free) {
    this.replicas = replicas;
    int next = 0;
    for (String service : inner) {
      for (Replica replica : Replica.of(service, replicas)) {
        listening.put(replica, free.get(next++));
        management.put(replica, free.get(next++));
      }
    }
    for (Replica replica : Replica.of(outer, replicas)) {
      listening.put(replica, publicPort + replica.number() - 1);
      management.put(replica, free.get(next++));
    }
  }

  /** How many, besides the public ones. */
  static int needed(List<String> inner, int replicas) {
    return (2 * inner.size() + 1) * replicas;
  }

  int of(Replica replica) {
    return listening.getOrDefault(replica, 0);
  }

  int managementOf(Replica replica) {
    return management.getOrDefault(replica, 0);
  }

  /** Of all replicas, the first one first. */
  List<Integer> of(String service) {
    return Replica.of(service, replicas).stream().map(this::of).toList();
  }

  /** All addresses of a service, as callers are told them. */
  String urls(String service) {
    return of(service).stream()
        .map(port -> "https://127.0.0.1:" + port)
        .collect(Collectors.joining(","));
  }
}
