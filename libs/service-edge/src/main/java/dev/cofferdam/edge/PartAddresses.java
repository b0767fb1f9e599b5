// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.partidentity.PartName;
import io.quarkus.runtime.LaunchMode;
import java.net.URI;
import java.util.List;

/**
 * Where the replicas of another part are reached, and as whom each has to show itself there.
 *
 * @param service {@code auth-service} and so on, which is also what a person reads when it is down
 * @param all at least one
 */
record PartAddresses(String service, List<URI> all) {
  PartAddresses {
    all = List.copyOf(all);
    if (!isSecure(all) && !isPlainInTests(all)) {
      throw new IdentityException(service + " must be reached by https, not at " + all);
    }
  }

  boolean isSecure() {
    return isSecure(all);
  }

  PartName part() {
    return PartName.ofService(service);
  }

  private static boolean isSecure(List<URI> all) {
    return all.stream().allMatch(address -> address.getScheme().equals("https"));
  }

  /** Plain HTTP is for the tests of one service, with somebody standing in for the other. */
  private static boolean isPlainInTests(List<URI> all) {
    return all.stream().allMatch(address -> address.getScheme().equals("http"))
        && LaunchMode.current() == LaunchMode.TEST;
  }
}
