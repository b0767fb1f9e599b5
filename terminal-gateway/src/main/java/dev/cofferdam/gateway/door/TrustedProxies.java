// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The proxies in front of us whose word on clients counts: {@code coffer.trusted-proxies},
 * addresses or networks as {@code 10.1.0.0/16} (RFC 4632), with a comma between each. No names: who
 * is believed never depends on what a resolver says.
 */
@Singleton
public class TrustedProxies {
  private final List<Network> networks = new ArrayList<>();

  public TrustedProxies(
      @ConfigProperty(name = "coffer.trusted-proxies") Optional<List<String>> networks) {
    networks.orElse(List.of()).forEach(text -> this.networks.add(Network.of(text.strip())));
  }

  /** Whether there is any. */
  public boolean exist() {
    return !networks.isEmpty();
  }

  /**
   * Whether one has this address.
   *
   * @param address in any form; what is none belongs to nobody
   */
  public boolean include(String address) {
    return IpAddress.bytes(address)
        .map(b -> networks.stream().anyMatch(n -> n.contains(b)))
        .orElse(false);
  }

  /**
   * @param bits of the address that count
   */
  private record Network(byte[] address, int bits) {
    static Network of(String text) {
      int slash = text.indexOf('/');
      byte[] address =
          IpAddress.bytes(slash < 0 ? text : text.substring(0, slash)).orElseThrow(wrong(text));
      int all = address.length * Byte.SIZE;
      int bits = slash < 0 ? all : bits(text.substring(slash + 1)).orElseThrow(wrong(text));
      if (bits < 1 || bits > all) {
        throw wrong(text).get();
      }
      return new Network(address, bits);
    }

    private static Optional<Integer> bits(String text) {
      return text.matches("[0-9]{1,3}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static java.util.function.Supplier<ConfigurationException> wrong(String text) {
      return () ->
          new ConfigurationException(
              "coffer.trusted-proxies: IP addresses or networks such as 10.1.0.0/16, not " + text);
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
