// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * From where a person asks, as the gateway tells services: they see only the gateway. Who may speak
 * to a service at all is its door's to say.
 */
public final class ClientAddressHeader {
  public static final String NAME = "Coffer-Client-Address";

  /** What an address of IPv4 or IPv6 is written with. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-f:.]{2,45}");

  private ClientAddressHeader() {}

  /** Empty if the request does not say, or says no address. */
  public static String in(HttpServerRequest request) {
    List<String> said = request.headers().getAll(NAME);
    return said.size() == 1 && isAddress(said.getFirst()) ? said.getFirst() : "";
  }

  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }
}
