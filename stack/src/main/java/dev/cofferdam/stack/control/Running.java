// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.stack.process.StartFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A stack that runs, seen from another process. */
public final class Running {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path socket;

  public Running(Path socket) {
    this.socket = socket;
  }

  /**
   * Its answer to a word and what it is about, or empty if nothing runs.
   *
   * @throws StartFailure with its own words if it could not do it
   */
  public Optional<JsonNode> ask(String word) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((word + "\n").getBytes(StandardCharsets.US_ASCII)));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      String line = in.readLine();
      if (line == null) {
        return Optional.empty();
      }
      JsonNode answer = JSON.readTree(line);
      if (answer.has("error")) {
        throw new StartFailure(answer.path("error").asText());
      }
      return Optional.of(answer);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
