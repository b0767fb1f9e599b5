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

/** Starts the agent in its box. Exit statuses are those of {@code ExitReason}. */
public final class TerminalAgent {
  private static final long WAITING_MILLIS = 250;

  /** A workspace's own 32, and what programs such as tmux open besides. */
  private static final int MOST_PTYS = 128;

  private TerminalAgent() {}

  public static void main(String[] args) throws IOException {
    Kernel.notDumpable();
    Kernel.boundTerminals(MOST_PTYS);
    Settings settings = Settings.fromProperties();
    BoxPaths paths = BoxPaths.standard();
    byte[] ticketKey = Base64.getDecoder().decode(Files.readString(paths.ticketKey()).strip());
    TicketVerifier tickets =
        new TicketVerifier(
            TicketKeys.publicKey(ticketKey),
            settings.sandbox(),
            settings.workspace(),
            InstantSource.system(),
            BootClock::nanos);
    Kernel.hearHangups();
    Agent agent =
        new Agent(settings.workspace(), paths, CellLimits.fromProperties(), Kernel.immediateExit());
    Thread.ofPlatform().daemon().name("rehearsal").start(() -> rehearse(agent));
    new AgentDoor(paths.socket(), agent, tickets, new SecurityRecord(settings.sandbox())).serve();
  }

  /** Only in a sandbox that waits: where somebody waits for the unlock, it would be in the way. */
  private static void rehearse(Agent agent) {
    try {
      if (!agent.awaitOpening(WAITING_MILLIS)) {
        new Rehearsal(agent::isOpening).run();
      }
    } catch (IOException | RuntimeException e) {
      // The real thing says what is wrong.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
