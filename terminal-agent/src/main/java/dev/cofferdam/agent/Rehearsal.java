// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.agent.cell.Cell;
import dev.cofferdam.agent.terminal.Terminal;
import dev.cofferdam.agent.terminal.Terminals;
import dev.cofferdam.agent.terminal.View;
import dev.cofferdam.agent.terminal.ViewWire;
import dev.cofferdam.terminal.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Does once what an unlock needs and a JVM does slowly the first time: makes a terminal, looks at
 * programs. With one that only echoes; nothing of it is left afterwards. Where nobody waits yet it
 * does so until it is quick.
 */
final class Rehearsal {
  private static final int ROUNDS = 20;
  private static final long LONGEST_ECHO_MILLIS = 1000;

  private final BooleanSupplier waited;

  /** {@code waited}: whether the real thing has begun; only what it needs soon is done then. */
  Rehearsal(BooleanSupplier waited) {
    this.waited = waited;
  }

  /**
   * @throws IOException if a program or terminal can't be made
   */
  void run() throws IOException {
    try {
      useTerminal();
      if (!waited.getAsBoolean()) {
        new ProcessBuilder("/bin/true").start().waitFor();
      }
      if (!waited.getAsBoolean()) {
        Cell.rehearseHangup();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void useTerminal() throws IOException, InterruptedException {
    Terminals terminals = new Terminals();
    Terminal terminal = terminals.create(List.of("/bin/sh", "-c", "cat"), 80, 24).orElseThrow();
    try {
      Counter wire = new Counter();
      View view = terminal.attach(wire, Limits.NO_OFFSET, 80, 24).orElseThrow();
      for (int round = 0; round < ROUNDS && !(round > 0 && waited.getAsBoolean()); round++) {
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
