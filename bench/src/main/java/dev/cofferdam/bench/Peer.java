// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import io.vertx.core.http.WebSocketClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The bare node-pty and ws server, started for one run. */
final class Peer implements AutoCloseable {
  private final Process process;
  private final WebSocketClient sockets;
  private final int port;

  Peer(Path directory, WebSocketClient sockets) {
    this.sockets = sockets;
    try {
      process =
          new ProcessBuilder("node", "server.js")
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader output = process.inputReader();
      port = Integer.parseInt(output.readLine().strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PeerLine open() {
    return Blocking.get(sockets.connect(port, "127.0.0.1", "/").map(PeerLine::new));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
