// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Which parts die in which round: each part once in twelve rounds, some more often. */
final class KillOrder {
  private static final int ROUNDS_OF_EACH = 12;

  /** Two at once in one round of so many. */
  private static final int ONE_OF = 5;

  /** Those that are soon back, and the one that has most to lose. */
  private static final List<String> OFTEN =
      List.of("terminal-gateway", "session-service", "sandbox-host", "postgres", "vault");

  private static final List<String> ALL =
      Stream.concat(OFTEN.stream(), Stream.of("auth-service", "workspace-service", "kafka"))
          .toList();

  private KillOrder() {}

  static List<List<String>> of(Random random, int rounds) {
    List<List<String>> order = new ArrayList<>();
    while (order.size() < rounds) {
      List<List<String>> some = new ArrayList<>();
      ALL.forEach(name -> some.add(List.of(name)));
      while (some.size() < ROUNDS_OF_EACH) {
        some.add(List.of(any(OFTEN, random)));
      }
      some.replaceAll(one -> random.nextInt(ONE_OF) == 0 ? withAnother(one, random) : one);
      Collections.shuffle(some, random);
      order.addAll(some);
    }
    return List.copyOf(order.subList(0, rounds));
  }

  private static List<String> withAnother(List<String> one, Random random) {
    List<String> others = ALL.stream().filter(name -> !one.contains(name)).toList();
    return List.of(one.getFirst(), any(others, random));
  }

  private static String any(List<String> names, Random random) {
    return names.get(random.nextInt(names.size()));
  }
}
