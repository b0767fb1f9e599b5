// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;

/** Writes frames; every integer is checked to fit its field. */
final class FrameWriter {
  private static final int LONGEST_TITLE_CHARS = 256;

  private FrameWriter() {}

  static ByteBuffer encode(Frame frame) {
    return switch (frame) {
      case ClientFrame client -> encode(client);
      case AgentFrame agent -> encode(agent);
      case ControlFrame control -> encode(control);
      case ControlAnswer answer -> encode(answer);
    };
  }

  private static ByteBuffer encode(ClientFrame frame) {
    return switch (frame) {
      case ClientFrame.Input f -> start(FrameType.INPUT, f.bytes().length).put(f.bytes()).flip();
      case ClientFrame.Resize f -> size(start(FrameType.RESIZE, 4), f.columns(), f.rows()).flip();
      case ClientFrame.Ack f -> start(FrameType.ACK, 8).putLong(f.offset()).flip();
      case ClientFrame.Stay f -> start(FrameType.STAY, 0).flip();
      case ClientFrame.Ping f -> start(FrameType.PING, 8).putLong(f.nonce()).flip();
      case ClientFrame.Attach f ->
          size(start(FrameType.ATTACH, 12).putLong(f.offset()), f.columns(), f.rows()).flip();
    };
  }

  private static ByteBuffer encode(AgentFrame frame) {
    return switch (frame) {
      case AgentFrame.Output f ->
          start(FrameType.OUTPUT, 8 + f.bytes().length).putLong(f.offset()).put(f.bytes()).flip();
      case AgentFrame.Reset f -> start(FrameType.RESET, 8).putLong(f.offset()).flip();
      case AgentFrame.Attached f ->
          size(
                  start(FrameType.ATTACHED, 20).putLong(f.oldest()).putLong(f.head()),
                  f.columns(),
                  f.rows())
              .flip();
      case AgentFrame.Exited f -> start(FrameType.EXITED, 4).putInt(f.code()).flip();
      case AgentFrame.Status f ->
          start(FrameType.STATUS, 8).putInt(f.idleSecondsLeft()).putInt(f.warnSeconds()).flip();
      case AgentFrame.Pong f -> start(FrameType.PONG, 8).putLong(f.nonce()).flip();
      case AgentFrame.Resized f -> size(start(FrameType.RESIZED, 4), f.columns(), f.rows()).flip();
      case AgentFrame.Closed f -> closed(f);
    };
  }

  private static ByteBuffer closed(AgentFrame.Closed frame) {
    byte[] reason = frame.reason().getBytes(UTF_8);
    return u16(start(FrameType.CLOSED, 2 + reason.length), frame.code()).put(reason).flip();
  }

  private static ByteBuffer encode(ControlFrame frame) {
    return switch (frame) {
      case ControlFrame.Open f -> open(f);
      case ControlFrame.Renew f -> strings(FrameType.RENEW, f.ticket()).flip();
      case ControlFrame.Lock f -> strings(FrameType.LOCK, f.ticket()).flip();
      case ControlFrame.CreateTerminal f ->
          size(strings(FrameType.CREATE_TERMINAL, f.ticket()), f.columns(), f.rows()).flip();
      case ControlFrame.Enter f -> u16(strings(FrameType.ENTER, f.ticket()), f.terminal()).flip();
      case ControlFrame.ListTerminals f -> strings(FrameType.LIST_TERMINALS, f.ticket()).flip();
      case ControlFrame.CloseTerminal f ->
          u16(strings(FrameType.CLOSE_TERMINAL, f.ticket()), f.terminal()).flip();
    };
  }

  private static ByteBuffer open(ControlFrame.Open frame) {
    ByteBuffer out = strings(FrameType.OPEN, frame.ticket(), frame.wrappingToken());
    frame.terminal().ifPresent(size -> size(out, size.columns(), size.rows()));
    return out.flip();
  }

  private static ByteBuffer encode(ControlAnswer answer) {
    return switch (answer) {
      case ControlAnswer.Step f ->
          strings(FrameType.STEP, f.name()).putInt((int) Math.min(f.micros(), 0xFFFF_FFFFL)).flip();
      case ControlAnswer.Done f -> u16(start(FrameType.DONE, 2), f.id()).flip();
      case ControlAnswer.Renewed f -> renewed(f);
      case ControlAnswer.Refused f ->
          strings(FrameType.REFUSED, f.action(), f.reason())
              .putInt((int) Math.min(f.count(), 0xFFFF_FFFFL))
              .flip();
      case ControlAnswer.Failed f -> strings(FrameType.FAILED, f.slug(), f.text()).flip();
      case ControlAnswer.Terminals f -> terminals(f.terminals());
    };
  }

  private static ByteBuffer renewed(ControlAnswer.Renewed f) {
    ByteBuffer out = start(FrameType.RENEWED, 23);
    out.putInt(f.idleSecondsLeft()).putInt(f.warnSeconds());
    f.now().ifPresent(now -> u16(out.putInt(now.idleSeconds()), now.terminals()));
    f.now()
        .flatMap(ControlAnswer.Doing::storage)
        .ifPresent(s -> out.putLong(s.usedBytes()).put((byte) (s.isFull() ? 1 : 0)));
    return out.flip();
  }

  private static ByteBuffer terminals(List<ControlAnswer.Terminal> all) {
    ByteBuffer out = start(FrameType.TERMINALS, 2 + all.size() * (9 + LONGEST_TITLE_CHARS * 4));
    u16(out, all.size());
    for (ControlAnswer.Terminal terminal : all) {
      u16(out, terminal.id());
      size(out, terminal.columns(), terminal.rows());
      out.put((byte) (terminal.running() ? 1 : 0));
      String title = terminal.title();
      string(out, title.substring(0, Math.min(title.length(), LONGEST_TITLE_CHARS)));
    }
    return out.flip();
  }

  /** A buffer with the type in it and room for the strings and eight more bytes. */
  private static ByteBuffer strings(FrameType type, String... texts) {
    int room = 8;
    for (String text : texts) {
      room += 2 + text.length() * 3;
    }
    ByteBuffer out = start(type, room);
    for (String text : texts) {
      string(out, text);
    }
    return out;
  }

  private static void string(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    u16(out, bytes.length).put(bytes);
  }

  private static ByteBuffer size(ByteBuffer out, int columns, int rows) {
    return u16(u16(out, columns), rows);
  }

  private static ByteBuffer u16(ByteBuffer out, int value) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException("does not fit 16 bits: " + value);
    }
    return out.putShort((short) value);
  }

  private static ByteBuffer start(FrameType type, int payloadBytes) {
    return ByteBuffer.allocate(1 + payloadBytes).put(type.code());
  }
}
