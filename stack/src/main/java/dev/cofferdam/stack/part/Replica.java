// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the processes of a service.
 *
 * @param service and its built folder
 * @param number from 1
 */
record Replica(String service, int number) {
  /** The first is called as if it were the only one. */
  String name() {
    return number == 1 ? service : service + "-" + number;
  }

  /** What has to run before it: all start after the first one, which needs the CPU meanwhile. */
  List<String> behind(List<String> needs) {
    return number == 1
        ? needs
        : Stream.concat(needs.stream(), Stream.of(new Replica(service, number - 1).name()))
            .toList();
  }

  static List<Replica> of(String service, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> new Replica(service, n)).toList();
  }

  static List<String> names(String service, int count) {
    return of(service, count).stream().map(Replica::name).toList();
  }
}
