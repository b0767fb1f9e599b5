// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import dev.cofferdam.agent.cell.CellLimits;
import dev.cofferdam.agent.door.AgentDoor;
import dev.cofferdam.agent.kernel.BootClock;
import dev.cofferdam.agent.kernel.Kernel;
import dev.cofferdam.tickets.TicketKeys;
import dev.cofferdam.tickets.TicketVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts the agent in its box. Exit statuses are those of {@code ExitReason}. */
public final class TerminalAgent {
  /** A workspace's own 32, and what programs such as tmux open besides. */
  private static final int MOST_PTYS = 128;

  private TerminalAgent() {}

  public static void main(String[] args) throws IOException {
    Settings settings;
    try {
      settings = Settings.of(System.getProperties());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    serve(settings);
  }

  private static void serve(Settings settings) throws IOException {
    BoxPaths paths = BoxPaths.standard();
    FutureTask<TicketVerifier> tickets = new FutureTask<>(() -> tickets(settings, paths));
    // It takes a new JVM as long as all that is done here meanwhile.
    Thread.ofPlatform().daemon().name("signatures").start(tickets);
    Kernel.notDumpable();
    Kernel.boundTerminals(MOST_PTYS);
    Kernel.hearHangups();
    Agent agent =
        new Agent(
            settings.workspace(),
            paths,
            CellLimits.fromProperties(),
            InstantSource.system(),
            Kernel.immediateExit());
    SecurityRecord record = new SecurityRecord(settings.sandbox());
    AgentDoor door = new AgentDoor(paths.socket(), agent, get(tickets), record);
    Thread.ofPlatform().daemon().name("rehearsal").start(() -> rehearse(agent));
    door.serve();
  }

  private static TicketVerifier tickets(Settings settings, BoxPaths paths) throws IOException {
    byte[] key = Base64.getDecoder().decode(Files.readString(paths.ticketKey()).strip());
    TicketVerifier tickets =
        new TicketVerifier(
            TicketKeys.publicKey(key),
            settings.sandbox(),
            settings.workspace(),
            InstantSource.system(),
            BootClock::nanos);
    tickets.rehearse();
    return tickets;
  }

  private static TicketVerifier get(FutureTask<TicketVerifier> tickets) throws IOException {
    try {
      return tickets.get();
    } catch (ExecutionException e) {
      throw new IOException("no ticket can be checked", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** While an unlock waits for Vault, gocryptfs and bubblewrap, or before there is one. */
  private static void rehearse(Agent agent) {
    try {
      new Rehearsal(agent::isOpening).run();
    } catch (IOException | RuntimeException e) {
      // The real thing says what is wrong.
      return;
    }
  }
}
