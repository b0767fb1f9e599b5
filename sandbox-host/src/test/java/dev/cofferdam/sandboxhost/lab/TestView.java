// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.Limits;
import dev.cofferdam.tickets.TicketAction;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A view of a terminal that acknowledges what it gets and remembers it. */
public final class TestView implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int PIECE_CHARS = 2000;

  private final AgentClient connection;
  private final Output output = new Output();
  private final List<Frame> others = new ArrayList<>();
  private long offset;

  /** Can be searched from where a search has ended before: outputs may be long. */
  private static final class Output extends ByteArrayOutputStream {
    boolean contains(byte[] wanted, int from) {
      for (int at = from; at + wanted.length <= count; at++) {
        if (Arrays.equals(buf, at, at + wanted.length, wanted, 0, wanted.length)) {
          return true;
        }
      }
      return false;
    }
  }

  private TestView(AgentClient connection, long offset) {
    this.connection = connection;
    this.offset = offset;
  }

  public static TestView attach(TestBox box, int terminal) {
    return attach(box, terminal, Limits.NO_OFFSET);
  }

  public static TestView attach(TestBox box, int terminal, long offset) {
    AgentClient connection = AgentClient.connect(Path.of(box.box().socket()));
    connection.send(new ControlFrame.Enter(box.ticket(TicketAction.TERMINAL), terminal));
    connection.send(new ClientFrame.Attach(offset, 80, 24));
    return new TestView(connection, Math.max(0, offset));
  }

  public AgentClient connection() {
    return connection;
  }

  /** The absolute offset after the last byte that came. */
  public long offset() {
    return offset;
  }

  public byte[] bytes() {
    return output.toByteArray();
  }

  public String text() {
    return output.toString(UTF_8);
  }

  /** Frames that were not output. */
  public List<Frame> others() {
    return others;
  }

  public void type(String text) {
    connection.send(new ClientFrame.Input(text.getBytes(UTF_8)));
  }

  /** The same to a terminal that may be ending. */
  public void tryType(String text) {
    connection.trySend(new ClientFrame.Input(text.getBytes(UTF_8)));
  }

  /** Takes one frame in; output is acknowledged. */
  public Frame take() {
    Frame frame = connection.next();
    switch (frame) {
      case AgentFrame.Output out -> {
        if (out.offset() != offset) {
          throw new AssertionError("offset " + out.offset() + " instead of " + offset);
        }
        offset += out.bytes().length;
        output.writeBytes(out.bytes());
        connection.trySend(new ClientFrame.Ack(offset));
      }
      case AgentFrame.Reset reset -> {
        offset = reset.offset();
        others.add(reset);
      }
      default -> others.add(frame);
    }
    return frame;
  }

  /** Takes frames in until one of this type comes. */
  public <F extends Frame> F awaitFrame(Class<F> type) {
    for (Frame frame = take(); ; frame = take()) {
      if (type.isInstance(frame)) {
        return type.cast(frame);
      }
    }
  }

  public void awaitText(String wanted) {
    awaitText(wanted, PATIENCE);
  }

  public void awaitText(String wanted, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    byte[] bytes = wanted.getBytes(UTF_8);
    for (int from = 0; !output.contains(bytes, from); ) {
      from = Math.max(0, output.size() - bytes.length + 1);
      if (System.nanoTime() > end) {
        throw new AssertionError("not seen: " + wanted + " in " + text());
      }
      try {
        take();
      } catch (AssertionError e) {
        throw new AssertionError("not seen: " + wanted + " in " + text() + others, e);
      }
    }
  }

  /** Forgets what came and waits for the next prompt of the shell. */
  public void awaitPrompt() {
    output.reset();
    awaitText("$ ");
  }

  /** Runs a command line of the shell and returns what it printed, carriage returns dropped. */
  public String run(String commandLine) {
    return run(commandLine, PATIENCE);
  }

  public String run(String commandLine, Duration patience) {
    String mark = UUID.randomUUID().toString().substring(0, 8);
    output.reset();
    // The marks are split in the typed line, so that its echo does not look like the output.
    type(
        "printf '%s-%s\\n' be "
            + mark
            + "; "
            + commandLine
            + "; printf '%s-%s\\n' en "
            + mark
            + "\r");
    awaitText("en-" + mark, patience);
    String all = text().replace("\r", "");
    return all.substring(all.indexOf("be-" + mark) + 12, all.lastIndexOf("en-" + mark));
  }

  /** Writes a file in the cell, a piece a line: a line of a terminal has 4096 characters. */
  public void write(String path, String content) {
    String encoded = Base64.getEncoder().encodeToString(content.getBytes(UTF_8));
    run(": > " + path);
    for (int at = 0; at < encoded.length(); at += PIECE_CHARS) {
      String piece = encoded.substring(at, Math.min(at + PIECE_CHARS, encoded.length()));
      run("echo " + piece + " | base64 -d >> " + path);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
