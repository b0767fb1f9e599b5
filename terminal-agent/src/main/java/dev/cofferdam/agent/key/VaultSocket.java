// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.secrets.OffHeapSecret;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One request per connection to Vault's Unix listener. HTTP/1.0, so that the body ends with the
 * connection and is never chunked (RFC 1945 section 7.2.2).
 */
final class VaultSocket {
  private static final int LARGEST_ANSWER_BYTES = 64 * 1024;

  /** Two requests take a key, and whoever waits for it is to be told before they give up. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Path socket;

  VaultSocket(Path socket) {
    this.socket = socket;
  }

  /**
   * Status and body, which starts at {@code bodyAt} and ends at the buffer's limit. All of it is
   * outside the heap, where the collector would leave copies of it; the caller wipes it.
   */
  record Answer(int status, ByteBuffer whole, int bodyAt) implements AutoCloseable {
    @Override
    public void close() {
      OffHeapSecret.wipe(whole);
    }

    @Override
    public String toString() {
      return "Answer[" + status + ", " + (whole.limit() - bodyAt) + " bytes]";
    }
  }

  /**
   * @param token for the X-Vault-Token header, or empty
   * @throws IOException if Vault can't be reached, answers no HTTP, or not all within four seconds
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
    ByteBuffer into = ByteBuffer.allocateDirect(LARGEST_ANSWER_BYTES);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer request = ByteBuffer.wrap((head + json).getBytes(US_ASCII));
      while (request.hasRemaining()) {
        channel.write(request);
      }
      readAll(channel, into);
      return parse(into.flip());
    } catch (IOException e) {
      OffHeapSecret.wipe(into);
      throw e;
    }
  }

  private static void readAll(SocketChannel channel, ByteBuffer into) throws IOException {
    long start = System.nanoTime();
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      while (into.hasRemaining()) {
        long left = PATIENCE.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (left <= 0) {
          throw new IOException("Vault gave no answer within " + PATIENCE);
        }
        selector.select(left);
        if (channel.read(into) < 0) {
          return;
        }
      }
    }
    throw new IOException("Vault's answer is above 64 KiB");
  }

  private static Answer parse(ByteBuffer whole) throws IOException {
    int bodyAt = indexAfterHeaders(whole);
    byte[] statusLine = new byte[Math.min(12, whole.limit())];
    whole.get(0, statusLine);
    String status = new String(statusLine, US_ASCII);
    if (bodyAt < 0 || !status.matches("HTTP/1\\.[01] [0-9]{3}")) {
      throw new IOException("Vault's answer is no HTTP");
    }
    return new Answer(Integer.parseInt(status.substring(9)), whole, bodyAt);
  }

  private static int indexAfterHeaders(ByteBuffer raw) {
    for (int i = 3; i < raw.limit(); i++) {
      if (raw.get(i) == '\n'
          && raw.get(i - 1) == '\r'
          && raw.get(i - 2) == '\n'
          && raw.get(i - 3) == '\r') {
        return i + 1;
      }
    }
    return -1;
  }
}
