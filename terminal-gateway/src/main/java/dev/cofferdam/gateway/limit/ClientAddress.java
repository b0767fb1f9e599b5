// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.limit;

import dev.cofferdam.gateway.door.IpAddress;
import dev.cofferdam.gateway.door.TrustedProxies;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a request comes from. What {@code X-Forwarded-For} says counts only from {@link
 * TrustedProxies}, and then from its right end: everything left of the first address that is no
 * proxy of ours is anybody's claim.
 */
@Singleton
public class ClientAddress {
  private final TrustedProxies proxies;

  ClientAddress(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** An address in its canonical form, empty only for what has none. */
  public String of(HttpServerRequest request) {
    String nearest =
        Optional.ofNullable(request.remoteAddress())
            .map(SocketAddress::hostAddress)
            .flatMap(ClientAddress::canonical)
            .orElse("");
    return proxies.include(nearest)
        ? forwarded(request.headers().getAll("X-Forwarded-For")).orElse(nearest)
        : nearest;
  }

  private Optional<String> forwarded(List<String> headers) {
    List<String> hops = Arrays.asList(String.join(",", headers).split(",", -1));
    for (String hop : hops.reversed()) {
      Optional<String> address = canonical(hop.strip());
      if (address.isEmpty() || !proxies.include(address.get())) {
        return address;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> canonical(String text) {
    return IpAddress.bytes(text).map(NetUtil::bytesToIpAddress);
  }

  /**
   * Who is counted together: an address of IPv4, and 64 bits of one of IPv6, which are what one
   * customer is given (RFC 6177).
   */
  static String network(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length == 4) {
      return address;
    }
    Arrays.fill(bytes, 8, 16, (byte) 0);
    return NetUtil.bytesToIpAddress(bytes) + "/64";
  }
}
