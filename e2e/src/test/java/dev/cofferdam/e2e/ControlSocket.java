// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Asks the supervisor as {@code ./coffer} does, without a JVM of its own for each look: who waits
 * for a part must not take the CPU from it.
 */
record ControlSocket(Path data) {
  private static final ObjectMapper JSON = new ObjectMapper();

  JsonNode ask(String word) {
    Path socket = data.resolve("run/control.sock");
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((word + "\n").getBytes(UTF_8)));
      String line =
          new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8))
              .readLine();
      return JSON.readTree(line == null ? "{}" : line);
    } catch (IOException e) {
      throw new UncheckedIOException(word, e);
    }
  }
}
