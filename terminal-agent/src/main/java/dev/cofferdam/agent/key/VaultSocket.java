// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One request per connection to Vault's Unix listener. HTTP/1.0, so that the body ends with the
 * connection and is never chunked (RFC 1945 section 7.2.2).
 */
final class VaultSocket {
  private static final int LARGEST_ANSWER_BYTES = 64 * 1024;

  private final Path socket;

  VaultSocket(Path socket) {
    this.socket = socket;
  }

  /** Status and body; the caller wipes the body. */
  record Answer(int status, byte[] body) {
    void wipe() {
      Arrays.fill(body, (byte) 0);
    }

    @Override
    public String toString() {
      return "Answer[" + status + ", " + body.length + " bytes]";
    }
  }

  /**
   * @param token for the X-Vault-Token header, or empty
   * @throws IOException if Vault can't be reached or answers no HTTP
   */
  Answer post(String path, String token, String json) throws IOException {
    String head =
        "POST "
            + path
            + " HTTP/1.0\r\nHost: vault\r\n"
            + (token.isEmpty() ? "" : "X-Vault-Token: " + token + "\r\n")
            + "Content-Type: application/json\r\nContent-Length: "
            + json.length()
            + "\r\n\r\n";
    byte[] raw = new byte[LARGEST_ANSWER_BYTES];
    // Direct, since a channel copies through a hidden buffer otherwise that nobody wipes.
    ByteBuffer into = ByteBuffer.allocateDirect(LARGEST_ANSWER_BYTES);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer request = ByteBuffer.wrap((head + json).getBytes(US_ASCII));
      while (request.hasRemaining()) {
        channel.write(request);
      }
      readAll(channel, into);
      int length = into.position();
      into.flip().get(raw, 0, length);
      return parse(raw, length);
    } finally {
      Arrays.fill(raw, (byte) 0);
      into.clear().put(raw);
    }
  }

  private static void readAll(SocketChannel channel, ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        return;
      }
    }
    throw new IOException("Vault's answer is above 64 KiB");
  }

  private static Answer parse(byte[] raw, int length) throws IOException {
    int bodyAt = indexAfterHeaders(raw, length);
    String statusLine = new String(raw, 0, Math.min(12, length), US_ASCII);
    if (bodyAt < 0 || !statusLine.matches("HTTP/1\\.[01] [0-9]{3}")) {
      throw new IOException("Vault's answer is no HTTP");
    }
    return new Answer(
        Integer.parseInt(statusLine.substring(9)), Arrays.copyOfRange(raw, bodyAt, length));
  }

  private static int indexAfterHeaders(byte[] raw, int length) {
    for (int i = 3; i < length; i++) {
      if (raw[i] == '\n' && raw[i - 1] == '\r' && raw[i - 2] == '\n' && raw[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }
}
