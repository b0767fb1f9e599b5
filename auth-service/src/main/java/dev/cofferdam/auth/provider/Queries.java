// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;
import java.util.Map;

/** Addresses with a query. */
final class Queries {
  private Queries() {}

  /** An address may bring a query of its own, RFC 6749 section 3.1. */
  static URI with(URI address, Map<String, String> query) {
    String between = address.getRawQuery() == null ? "?" : "&";
    return URI.create(address + between + ProviderHttp.encode(query));
  }
}
