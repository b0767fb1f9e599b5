// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads frames: a missing byte, a surplus byte or bad UTF-8 is a {@link BadFrame}. */
final class FrameReader {
  private final ByteBuffer in;

  private FrameReader(ByteBuffer in) {
    this.in = in;
  }

  static Frame decode(ByteBuffer bytes) {
    if (bytes.remaining() > Limits.LARGEST_FRAME_BYTES) {
      throw new BadFrame(CloseCode.TOO_BIG, "a frame above 64 KiB");
    }
    try {
      FrameReader reader = new FrameReader(bytes.slice());
      Frame frame = reader.frame(FrameType.of(reader.in.get()));
      if (reader.in.hasRemaining()) {
        throw new BadFrame("bytes after the end of the frame");
      }
      return frame;
    } catch (BufferUnderflowException e) {
      throw new BadFrame("the frame is cut short");
    }
  }

  private Frame frame(FrameType type) {
    return switch (type) {
      case INPUT -> new ClientFrame.Input(input());
      case RESIZE -> new ClientFrame.Resize(u16(), u16());
      case ACK -> new ClientFrame.Ack(in.getLong());
      case STAY -> new ClientFrame.Stay();
      case PING -> new ClientFrame.Ping(in.getLong());
      case ATTACH -> new ClientFrame.Attach(in.getLong(), u16(), u16());
      case OPEN -> new ControlFrame.Open(string(), string(), size());
      case RENEW -> new ControlFrame.Renew(string());
      case LOCK -> new ControlFrame.Lock(string());
      case CREATE_TERMINAL -> new ControlFrame.CreateTerminal(string(), u16(), u16());
      case ENTER -> new ControlFrame.Enter(string(), u16());
      case LIST_TERMINALS -> new ControlFrame.ListTerminals(string());
      case CLOSE_TERMINAL -> new ControlFrame.CloseTerminal(string(), u16());
      case OUTPUT -> new AgentFrame.Output(in.getLong(), rest());
      case RESET -> new AgentFrame.Reset(in.getLong());
      case ATTACHED -> new AgentFrame.Attached(in.getLong(), in.getLong(), u16(), u16());
      case EXITED -> new AgentFrame.Exited(in.getInt());
      case STATUS -> new AgentFrame.Status(in.getInt(), in.getInt());
      case PONG -> new AgentFrame.Pong(in.getLong());
      case RESIZED -> new AgentFrame.Resized(u16(), u16());
      case CLOSED -> new AgentFrame.Closed(u16(), text(rest()));
      case STEP -> new ControlAnswer.Step(string(), Integer.toUnsignedLong(in.getInt()));
      case DONE -> new ControlAnswer.Done(u16());
      case FAILED -> new ControlAnswer.Failed(string(), string());
      case RENEWED -> new ControlAnswer.Renewed(in.getInt(), in.getInt(), doing());
      case REFUSED ->
          new ControlAnswer.Refused(string(), string(), Integer.toUnsignedLong(in.getInt()));
      case TERMINALS -> new ControlAnswer.Terminals(terminals());
    };
  }

  private Optional<ControlFrame.Size> size() {
    return in.hasRemaining() ? Optional.of(new ControlFrame.Size(u16(), u16())) : Optional.empty();
  }

  private Optional<ControlAnswer.Doing> doing() {
    if (!in.hasRemaining()) {
      return Optional.empty();
    }
    ControlAnswer.Doing doing = new ControlAnswer.Doing(in.getInt(), u16(), storage());
    if (doing.idleSeconds() < 0 || doing.terminals() > Limits.MOST_TERMINALS) {
      throw new BadFrame("more than a session can have");
    }
    return Optional.of(doing);
  }

  private Optional<ControlAnswer.Storage> storage() {
    if (!in.hasRemaining()) {
      return Optional.empty();
    }
    ControlAnswer.Storage storage = new ControlAnswer.Storage(in.getLong(), flag());
    if (storage.usedBytes() < 0) {
      throw new BadFrame("less than nothing is used");
    }
    return Optional.of(storage);
  }

  private List<ControlAnswer.Terminal> terminals() {
    int count = u16();
    if (count > Limits.MOST_TERMINALS) {
      throw new BadFrame("more terminals than a session can have");
    }
    List<ControlAnswer.Terminal> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(new ControlAnswer.Terminal(u16(), u16(), u16(), flag(), string()));
    }
    return all;
  }

  private byte[] input() {
    if (in.remaining() > Limits.LARGEST_INBOUND_PAYLOAD_BYTES) {
      throw new BadFrame(CloseCode.TOO_BIG, "an input above 64 KiB");
    }
    return rest();
  }

  private byte[] rest() {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }

  private String string() {
    byte[] bytes = new byte[Math.min(u16(), in.remaining() + 1)];
    in.get(bytes);
    return text(bytes);
  }

  private static String text(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadFrame("a text that is not UTF-8");
    }
  }

  private boolean flag() {
    byte value = in.get();
    if (value != 0 && value != 1) {
      throw new BadFrame("a flag is 0 or 1");
    }
    return value == 1;
  }

  private int u16() {
    return Short.toUnsignedInt(in.getShort());
  }
}
