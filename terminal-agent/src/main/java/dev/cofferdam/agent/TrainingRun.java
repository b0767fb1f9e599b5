// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.agent.cell.CellLimits;
import dev.cofferdam.agent.door.AgentDoor;
import dev.cofferdam.agent.kernel.BootClock;
import dev.cofferdam.agent.kernel.Kernel;
import dev.cofferdam.agent.key.KeyRefused;
import dev.cofferdam.agent.key.WrappedKey;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.Ticket;
import dev.cofferdam.tickets.TicketAction;
import dev.cofferdam.tickets.TicketSigner;
import dev.cofferdam.tickets.TicketVerifier;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Does what an agent does until the first prompt, without a box, a key or a Vault: the JVM records
 * what that takes, so that real agents start in half the time. See {@link StartCache}.
 */
final class TrainingRun {
  private final SandboxId sandbox = SandboxId.random();
  private final WorkspaceId workspace = WorkspaceId.random();
  private final SessionId session = SessionId.random();
  private final Path directory;
  private final KeyPair keys;

  private TrainingRun(Path directory, KeyPair keys) {
    this.directory = directory;
    this.keys = keys;
  }

  public static void main(String[] args) throws IOException, GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path directory = Files.createTempDirectory("agent-training");
    Settings.requireKnown(System.getProperties());
    Kernel.immediateExit();
    TrainingRun run = new TrainingRun(directory, keys);
    run.openFailing();
    run.takeKey();
    new Rehearsal(() -> false).run();
    System.exit(0);
  }

  private void openFailing() throws IOException {
    BoxPaths paths =
        new BoxPaths(
            directory,
            directory,
            directory.resolve("agent.sock"),
            directory.resolve("no-vault"),
            directory,
            directory,
            directory);
    InstantSource time = InstantSource.system();
    Agent agent = new Agent(workspace, paths, CellLimits.fromProperties(), time, status -> {});
    TicketVerifier tickets =
        new TicketVerifier(keys.getPublic(), sandbox, workspace, time, BootClock::nanos);
    AgentDoor door = new AgentDoor(paths.socket(), agent, tickets, new SecurityRecord(sandbox));
    serve(door);
    try (SocketChannel gateway = connect(paths.socket())) {
      gateway.write(FrameCodec.encodeWithLength(new ControlFrame.ListTerminals("no ticket")));
      gateway.read(ByteBuffer.allocate(1024));
      gateway.write(
          FrameCodec.encodeWithLength(new ControlFrame.Open(ticket(), "token", Optional.empty())));
      gateway.read(ByteBuffer.allocate(1024));
    }
  }

  private static void serve(AgentDoor door) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                door.serve();
              } catch (IOException e) {
                System.err.println("the door does not open: " + e);
              }
            });
  }

  private static SocketChannel connect(Path socket) throws IOException {
    for (int i = 0; Files.notExists(socket) && i < 1000; i++) {
      LockSupport.parkNanos(1_000_000);
    }
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private String ticket() {
    Instant now = Instant.now();
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30), Duration.ofMinutes(10), true);
    return new TicketSigner(keys.getPrivate())
        .sign(
            new Ticket(
                UUID.randomUUID().toString(),
                TicketAction.OPEN,
                sandbox,
                session,
                workspace,
                new UserId(UUID.randomUUID()),
                now,
                now.plusSeconds(10),
                Optional.of(terms)));
  }

  /** From a Vault that answers what it always answers. */
  private void takeKey() throws IOException {
    Path socket = directory.resolve("vault.sock");
    String path = "transit/decrypt/ws-" + workspace;
    List<String> bodies =
        List.of(
            "{\"data\":{\"creation_path\":\"" + path + "\"}}",
            "{\"data\":{\"plaintext\":\"" + "A".repeat(43) + "=\"}}");
    try (ServerSocketChannel vault = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      vault.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofPlatform().daemon().start(() -> answer(vault, bodies));
      new WrappedKey(socket).take("token", workspace).close();
    } catch (KeyRefused e) {
      throw new IOException(e);
    }
  }

  private static void answer(ServerSocketChannel vault, List<String> bodies) {
    for (String body : bodies) {
      try (SocketChannel channel = vault.accept()) {
        channel.read(ByteBuffer.allocate(4096));
        channel.write(ByteBuffer.wrap(("HTTP/1.0 200 OK\r\n\r\n" + body).getBytes(US_ASCII)));
      } catch (IOException e) {
        return; // the other side says what was wrong
      }
    }
  }
}
