// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.gateway.stage.TestBrowser;
import java.net.URI;

/** What a page sends to have a socket, to the last byte, so that it can be twisted. */
final class Handshake {
  private Handshake() {}

  static String of(TestBrowser browser, String ticket) {
    return "GET /api/terminal?ticket="
        + ticket
        + " HTTP/1.1\r\nHost: "
        + URI.create(browser.origin()).getAuthority()
        + "\r\nOrigin: "
        + browser.origin()
        + "\r\nCookie: "
        + browser.cookie()
        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Protocol: coffer.terminal.v1\r\n\r\n";
  }
}
