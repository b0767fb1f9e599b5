// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.agent.cell.Cell;
import dev.cofferdam.agent.kernel.BootClock;
import dev.cofferdam.agent.terminal.Terminal;
import dev.cofferdam.agent.terminal.Terminals;
import dev.cofferdam.agent.terminal.View;
import dev.cofferdam.agent.terminal.ViewWire;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.terminal.protocol.Limits;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.Ticket;
import dev.cofferdam.tickets.TicketAction;
import dev.cofferdam.tickets.TicketSigner;
import dev.cofferdam.tickets.TicketVerifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Does once what an unlock needs and a JVM does slowly the first time: checks a signature, starts a
 * program, makes a terminal. With a key of its own that nobody else has, and a program that only
 * echoes; nothing of it is left afterwards. An agent that waits for its unlock has the time for it.
 */
final class Rehearsal {
  private static final int ROUNDS = 20;
  private static final long LONGEST_ECHO_MILLIS = 1000;

  private final BooleanSupplier stop;

  /** {@code stop}: whether the real thing has begun; the rehearsal then leaves off. */
  Rehearsal(BooleanSupplier stop) {
    this.stop = stop;
  }

  /**
   * @throws IOException if a program or terminal can't be made
   */
  void run() throws IOException {
    try {
      checkTicket();
      if (!stop.getAsBoolean()) {
        new ProcessBuilder("/bin/true").start().waitFor();
      }
      if (!stop.getAsBoolean()) {
        useTerminal();
      }
      if (!stop.getAsBoolean()) {
        Cell.rehearseHangup();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void checkTicket() throws GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    SandboxId sandbox = SandboxId.random();
    WorkspaceId workspace = WorkspaceId.random();
    Instant now = Instant.now();
    LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30), Duration.ofMinutes(10), true);
    Ticket ticket =
        new Ticket(
            UUID.randomUUID().toString(),
            TicketAction.OPEN,
            sandbox,
            SessionId.random(),
            workspace,
            new UserId(UUID.randomUUID()),
            now,
            now.plusSeconds(10),
            Optional.of(terms));
    new TicketVerifier(
            keys.getPublic(), sandbox, workspace, InstantSource.system(), BootClock::nanos)
        .decide(new TicketSigner(keys.getPrivate()).sign(ticket), TicketAction.OPEN);
  }

  private void useTerminal() throws IOException, InterruptedException {
    Terminals terminals = new Terminals();
    Terminal terminal = terminals.create(List.of("/bin/sh", "-c", "cat"), 80, 24).orElseThrow();
    try {
      Counter wire = new Counter();
      View view = terminal.attach(wire, Limits.NO_OFFSET, 80, 24).orElseThrow();
      for (int round = 0; round < ROUNDS && !stop.getAsBoolean(); round++) {
        int before = wire.bytes();
        terminal.input("a line\n".getBytes(US_ASCII));
        wire.awaitMoreThan(before);
        terminal.resize(view, 81 + round, 24);
      }
      terminals.list();
    } finally {
      terminals.close(terminal.id());
    }
  }

  /** Takes everything. */
  private static final class Counter implements ViewWire {
    private int bytes;

    @Override
    public synchronized void write(ByteBuffer written) {
      bytes += written.remaining();
      written.position(written.limit());
      notifyAll();
    }

    synchronized int bytes() {
      return bytes;
    }

    synchronized void awaitMoreThan(int before) throws InterruptedException {
      if (bytes <= before) {
        wait(LONGEST_ECHO_MILLIS);
      }
    }

    @Override
    public void wantWritable() {
      // It always is.
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
