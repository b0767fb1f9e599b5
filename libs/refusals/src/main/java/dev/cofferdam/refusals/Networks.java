// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.refusals;

import java.util.Arrays;
import java.util.List;

/**
 * Addresses that are counted together: one of IPv4, and the first 64 bits of one of IPv6, which are
 * what one customer is given (RFC 6177). Takes addresses in canonical form; anything else stands
 * for itself.
 */
final class Networks {
  private static final int GROUPS = 8;
  private static final int GROUPS_OF_NETWORK = 4;

  private Networks() {}

  static String of(String address) {
    if (!address.contains(":")) {
      return address;
    }
    int gap = address.indexOf("::");
    List<String> before = groups(gap < 0 ? address : address.substring(0, gap));
    if (gap < 0 || before.size() >= GROUPS_OF_NETWORK) {
      return String.join(":", before.subList(0, Math.min(before.size(), GROUPS_OF_NETWORK)));
    }
    List<String> after = groups(address.substring(gap + 2));
    String[] all = new String[GROUPS];
    Arrays.fill(all, "0");
    for (int i = 0; i < before.size(); i++) {
      all[i] = before.get(i);
    }
    for (int i = 0; i < Math.min(after.size(), GROUPS); i++) {
      all[GROUPS - 1 - i] = after.get(after.size() - 1 - i);
    }
    return String.join(":", Arrays.asList(all).subList(0, GROUPS_OF_NETWORK));
  }

  private static List<String> groups(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
  }
}
