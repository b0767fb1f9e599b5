// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;
import java.util.Set;

/**
 * Where we ask at all: by https, or by http on this machine if a test says so.
 *
 * @param httpOnLoopback for tests only
 */
record AddressRule(boolean httpOnLoopback) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  boolean allows(URI address) {
    return isHttps(address) || (httpOnLoopback && isLoopback(address));
  }

  static boolean isHttps(URI address) {
    return "https".equals(address.getScheme()) && address.getHost() != null;
  }

  static boolean isLoopback(URI address) {
    return "http".equals(address.getScheme())
        && address.getHost() != null
        && LOOPBACK.contains(address.getHost());
  }
}
