// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import java.util.Map;
import java.util.function.BiConsumer;

/** The headers of every answer, whatever it is; pages replace the policy and the caching. */
final class SecurityHeaders {
  static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String PERMISSIONS =
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(),"
          + " magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";
  private static final String TWO_YEARS = "max-age=63072000; includeSubDomains";
  static final String MARK = "X-Content-Type-Options";
  private static final Map<String, String> ALWAYS =
      Map.of(
          MARK,
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          PERMISSIONS,
          "Content-Security-Policy",
          POLICY);

  private final boolean secure;

  SecurityHeaders(boolean secure) {
    this.secure = secure;
  }

  void put(BiConsumer<String, String> headers) {
    ALWAYS.forEach(headers);
    if (secure) {
      headers.accept("Strict-Transport-Security", TWO_YEARS);
    }
  }
}
