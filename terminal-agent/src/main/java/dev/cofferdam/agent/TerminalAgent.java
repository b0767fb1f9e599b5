// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import dev.cofferdam.agent.cell.CellLimits;
import dev.cofferdam.agent.door.AgentDoor;
import dev.cofferdam.agent.kernel.Kernel;
import dev.cofferdam.tickets.TicketKeys;
import dev.cofferdam.tickets.TicketVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Base64;

/** Starts the agent in its box. Exit statuses are those of {@code ExitReason}. */
public final class TerminalAgent {
  private TerminalAgent() {}

  public static void main(String[] args) throws IOException {
    Kernel.notDumpable();
    Settings settings = Settings.fromProperties();
    BoxPaths paths = BoxPaths.standard();
    byte[] ticketKey = Base64.getDecoder().decode(Files.readString(paths.ticketKey()).strip());
    TicketVerifier tickets =
        new TicketVerifier(
            TicketKeys.publicKey(ticketKey),
            settings.sandbox(),
            settings.workspace(),
            InstantSource.system());
    Agent agent =
        new Agent(settings.workspace(), paths, CellLimits.fromProperties(), Kernel.immediateExit());
    new AgentDoor(paths.socket(), agent, tickets, new SecurityRecord(settings.sandbox())).serve();
  }
}
