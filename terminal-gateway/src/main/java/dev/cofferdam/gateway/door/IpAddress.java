// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.Optional;

/** Addresses as numbers. No names: nothing here depends on what a resolver says. */
public final class IpAddress {
  private static final int MAPPED_PREFIX_BYTES = 12;

  private IpAddress() {}

  /**
   * An IPv4 address that is written as one of IPv6 is the IPv4 address (RFC 4291, 2.5.5.2).
   *
   * @return 4 or 16 bytes, empty for what is no address
   */
  public static Optional<byte[]> bytes(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null || bytes.length == 4) {
      return Optional.ofNullable(bytes);
    }
    byte[] prefix = Arrays.copyOf(bytes, MAPPED_PREFIX_BYTES);
    byte[] mapped = new byte[MAPPED_PREFIX_BYTES];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    return Optional.of(
        Arrays.equals(prefix, mapped)
            ? Arrays.copyOfRange(bytes, MAPPED_PREFIX_BYTES, bytes.length)
            : bytes);
  }
}
