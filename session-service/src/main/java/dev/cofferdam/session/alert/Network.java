// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Addresses that are likely one place: the first 24 bits of one of IPv4, and the first 48 of one of
 * IPv6, which are what one site is given (RFC 6177). What is no address stands for itself.
 */
final class Network {
  private static final int BYTES_OF_IPV4 = 3;
  private static final int BYTES_OF_IPV6 = 6;

  private Network() {}

  /** For instance {@code 192.0.2.0/24}. */
  static String of(String address) {
    try {
      InetAddress whole = InetAddress.ofLiteral(address);
      int length = whole instanceof Inet4Address ? BYTES_OF_IPV4 : BYTES_OF_IPV6;
      byte[] bytes = whole.getAddress();
      Arrays.fill(bytes, length, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + length * Byte.SIZE;
    } catch (IllegalArgumentException | UnknownHostException e) {
      return address;
    }
  }
}
