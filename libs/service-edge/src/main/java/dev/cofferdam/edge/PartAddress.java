// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.partidentity.IdentityException;
import dev.cofferdam.partidentity.PartName;
import io.quarkus.runtime.LaunchMode;
import java.net.URI;

/**
 * Where another part is reached, and as whom it has to show itself there.
 *
 * @param service {@code auth-service} and so on, which is also what a person reads when it is down
 */
record PartAddress(String service, URI base) {
  PartAddress {
    if (!isSecure(base) && !isPlainInTests(base)) {
      throw new IdentityException(service + " must be reached by https, not at " + base);
    }
  }

  boolean isSecure() {
    return isSecure(base);
  }

  PartName part() {
    return PartName.ofService(service);
  }

  private static boolean isSecure(URI base) {
    return base.getScheme().equals("https");
  }

  /** Plain HTTP is for the tests of one service, with somebody standing in for the other. */
  private static boolean isPlainInTests(URI base) {
    return base.getScheme().equals("http") && LaunchMode.current() == LaunchMode.TEST;
  }
}
