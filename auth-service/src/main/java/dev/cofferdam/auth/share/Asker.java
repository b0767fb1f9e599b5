// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.share;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who is counted together.
 *
 * @param network what one household has: an IPv4 address, or 64 bits of one of IPv6
 * @param site what one customer may have: an IPv4 address, or 48 bits of one of IPv6 (RFC 6177)
 */
public record Asker(String network, String site) {
  private static final int NETWORK_BYTES = 8;
  private static final int SITE_BYTES = 6;

  /** By an address as the gateway saw it; all that are none are one. */
  public static Asker at(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? new Asker(prefix(six, NETWORK_BYTES), prefix(six, SITE_BYTES))
          : only(InetAddress.ofLiteral(address).getHostAddress());
    } catch (IllegalArgumentException e) {
      return only("unknown");
    }
  }

  /** Somebody who is known by something else than an address. */
  public static Asker only(String name) {
    return new Asker(name, name);
  }

  private static String prefix(Inet6Address address, int bytes) {
    return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), bytes))
        + "/"
        + bytes * Byte.SIZE;
  }
}
