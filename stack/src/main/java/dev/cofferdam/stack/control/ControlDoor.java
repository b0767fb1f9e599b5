// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.stack.run.Stack;
import dev.cofferdam.vaultsetup.VaultRefused;
import dev.cofferdam.vaultsetup.VaultUnreachable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * Answers other {@code ./coffer} commands: one word a connection, and whom it is about if that
 * needs to be said; one line of JSON back. The socket lies in the private data directory and has
 * mode 0600.
 */
public final class ControlDoor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path socket;
  private final Stack stack;
  private final Runnable stop;

  public ControlDoor(Path socket, Stack stack, Runnable stop) {
    this.socket = socket;
    this.stack = stack;
    this.stop = stop;
  }

  /** Listens on a thread of its own for as long as the program runs. */
  public void open() throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    Thread.ofPlatform().daemon().name("control").start(() -> serve(server));
  }

  private void serve(ServerSocketChannel server) {
    while (server.isOpen()) {
      try {
        accept(server.accept());
      } catch (IOException e) {
        continue;
      }
    }
  }

  private void accept(SocketChannel channel) throws IOException {
    try {
      // A thread each: an emergency stop must not wait for what asks a part that hangs.
      Thread.ofVirtual().name("control-answer").start(() -> serve(channel));
    } catch (OutOfMemoryError e) {
      // No thread is to be had, pthread_create(3); the next who asks may get one.
      System.err.println("a command was not answered: " + e.getMessage());
      channel.close();
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      answer(channel);
    } catch (IOException e) {
      // The asker has gone away.
      return;
    }
  }

  private void answer(SocketChannel channel) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.US_ASCII));
    String said = in.readLine();
    String[] words = (said == null ? "" : said).split(" ", 2);
    Optional<String> object = words.length > 1 ? Optional.of(words[1]) : Optional.empty();
    byte[] line = (answer(words[0], object) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private boolean unseal(String key) {
    SecretBytes given = SecretBytes.takeOwnership(key.getBytes(StandardCharsets.US_ASCII));
    boolean fits = false;
    try {
      fits = stack.unsealVault(given);
      return fits;
    } finally {
      if (!fits) {
        given.close();
      }
    }
  }

  private String answer(String word, Optional<String> object) throws JsonProcessingException {
    try {
      return JSON.writeValueAsString(
          switch (word) {
            case "status" ->
                Map.of(
                    "address",
                    stack.address(),
                    "parts",
                    stack.status(),
                    "notices",
                    stack.notices());
            case "address" -> Map.of("address", stack.address());
            case "link" -> Map.of("link", stack.freshLink(object));
            case "emergency-stop" -> stack.emergencyStop(true);
            case "emergency-stop-seal" -> stack.emergencyStopAndSeal();
            case "emergency-stop-lift" -> stack.emergencyStop(false);
            case "maintenance" -> stack.maintenance().now();
            case "maintenance-begin" -> MaintenanceWords.parse(object).begin(stack.maintenance());
            case "maintenance-end" -> stack.maintenance().end();
            case "sealed" -> Map.of("sealed", stack.isVaultSealed());
            case "unseal" -> Map.of("unsealed", unseal(object.orElse("")));
            case "stop" -> {
              Thread.ofPlatform().name("stop").start(stop);
              yield Map.of("stopping", true);
            }
            default -> Map.of("error", "unknown word");
          });
    } catch (VaultUnreachable e) {
      return JSON.writeValueAsString(
          Map.of("error", "Vault does not answer yet: try again in some seconds"));
    } catch (VaultRefused e) {
      return JSON.writeValueAsString(Map.of("error", "Vault refuses: see ./coffer logs vault"));
    } catch (StartFailure e) {
      return JSON.writeValueAsString(Map.of("error", e.text()));
    }
  }
}
