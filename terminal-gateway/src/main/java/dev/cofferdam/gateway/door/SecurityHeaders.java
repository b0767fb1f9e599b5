// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.vertx.core.MultiMap;

/** The headers of every answer, whatever it is; pages replace the policy and the caching. */
final class SecurityHeaders {
  static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String PERMISSIONS =
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(),"
          + " magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";
  private static final String TWO_YEARS = "max-age=63072000; includeSubDomains";

  private final boolean secure;

  SecurityHeaders(boolean secure) {
    this.secure = secure;
  }

  void put(MultiMap headers) {
    headers
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Permissions-Policy", PERMISSIONS)
        .set("Content-Security-Policy", POLICY);
    if (secure) {
      headers.set("Strict-Transport-Security", TWO_YEARS);
    }
  }

  /** Last of all: what says nothing on caching is not cached. */
  static void putCaching(MultiMap headers) {
    if (!headers.contains("Cache-Control")) {
      headers.set("Cache-Control", "no-store");
    }
  }
}
