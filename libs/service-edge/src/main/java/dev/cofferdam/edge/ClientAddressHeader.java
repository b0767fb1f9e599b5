// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/**
 * From where a person asks, as the gateway tells services: they see only the gateway. Session-
 * service tells on what it was told; nobody else is believed.
 */
public final class ClientAddressHeader {
  public static final String NAME = "Coffer-Client-Address";

  private static final Set<String> TELLERS = Set.of("gateway", "session");
  private static final int LONGEST = 45;

  private ClientAddressHeader() {}

  /** Empty if the request does not say, or says no address. */
  public static String in(HttpServerRequest request) {
    List<String> said = request.headers().getAll(NAME);
    boolean isTold =
        said.size() == 1 && isAddress(said.getFirst()) && Peer.isOneOf(TELLERS, request);
    return isTold ? said.getFirst() : "";
  }

  static boolean isAddress(String text) {
    return text.length() <= LONGEST
        && (NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text));
  }
}
