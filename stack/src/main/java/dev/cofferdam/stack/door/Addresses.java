// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.door;

import dev.cofferdam.stack.process.StartFailure;
import java.net.InetAddress;
import java.util.Optional;

/** IP addresses as people type them; a name would be whatever a resolver says at the moment. */
final class Addresses {
  private static final String DOTTED = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";

  /** Larger networks are nobody's own: a private one of IPv4 has eight bits at least. */
  private static final int FEWEST_BITS_V4 = 8;

  private static final int FEWEST_BITS_V6 = 32;

  private Addresses() {}

  static InetAddress listen(String text) {
    return parsed(text)
        .orElseThrow(
            () ->
                new StartFailure(
                    "--listen takes an IP address of this machine, or 0.0.0.0 or :: for all, not "
                        + text));
  }

  static void requireProxy(String text) {
    String[] halves = text.split("/", 2);
    Optional<InetAddress> address = parsed(halves[0]);
    int all = address.map(a -> a.getAddress().length * Byte.SIZE).orElse(0);
    int fewest = all == Integer.SIZE ? FEWEST_BITS_V4 : FEWEST_BITS_V6;
    int bits = halves.length == 1 ? all : bits(halves[1]);
    if (address.isEmpty() || bits < fewest || bits > all) {
      throw new StartFailure(
          "--behind-proxy takes the proxy's IP address, or its network such as 10.1.0.0/16, not "
              + text);
    }
  }

  private static int bits(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }

  private static Optional<InetAddress> parsed(String text) {
    if (!text.contains(":") && !text.matches(DOTTED)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
