// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What one household or office has: an IPv4 address, or the first half of an IPv6 one. */
final class Network {
  private static final int PREFIX_BYTES = 8;

  private Network() {}

  static String of(String address) {
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      return parsed instanceof Inet6Address six
          ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), PREFIX_BYTES)) + "/64"
          : parsed.getHostAddress();
    } catch (IllegalArgumentException e) {
      return "unknown";
    }
  }
}
