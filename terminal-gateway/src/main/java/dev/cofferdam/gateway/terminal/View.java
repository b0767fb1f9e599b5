// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.gateway.session.IdleWatch;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.BadFrame;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.FrameType;
import dev.cofferdam.terminal.protocol.Limits;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One socket of a browser and one of an agent, and the bytes between them.
 *
 * <p>Frames pass as they are; looked at are lengths and first bytes. A side that does not take what
 * it is sent stops the reading of the other one, so nothing piles up here: at most a write queue
 * each way. All on the event loop of the browser's socket, but for {@link #close} and {@link
 * #isStuckSince}.
 */
final class View {
  private static final int LARGEST_MESSAGE_BYTES = 1 + Limits.LARGEST_INBOUND_PAYLOAD_BYTES;
  private static final int CLOSED_HEADER_BYTES = 3;
  private static final long NOT_STUCK = Long.MAX_VALUE;
  private static final long GIVE_UP_MILLIS = 1000;

  private final SocketTickets.Grant grant;
  private final ServerWebSocket browser;
  private final Context context;
  private final Runnable cut;
  private final IdleWatch idle;
  private final FrameCutter fromAgent = new FrameCutter(this::toBrowser);
  private Buffer message = Buffer.buffer();
  private @Nullable NetSocket agent;
  private boolean attached;
  private boolean closed;
  private volatile long stuckSince = NOT_STUCK;

  /**
   * Called on the socket's event loop.
   *
   * @param idle hears how long the sandbox says that it has
   * @param cut ends the browser's connection without a word, for one that takes none
   */
  View(
      SocketTickets.Grant grant,
      ServerWebSocket browser,
      Context context,
      Runnable cut,
      IdleWatch idle) {
    this.grant = grant;
    this.browser = browser;
    this.context = context;
    this.cut = cut;
    this.idle = idle;
  }

  SocketTickets.Grant grant() {
    return grant;
  }

  /** Reads nothing yet: there is nobody to pass it on to. */
  void hold() {
    browser.frameHandler(this::part);
    browser.pause();
  }

  /** Enters the terminal and lets bytes flow. */
  void connect(NetSocket connected) {
    if (closed) {
      connected.close();
      return;
    }
    agent = connected;
    connected.handler(this::chunk);
    connected.closeHandler(v -> end(CloseCode.SANDBOX_GONE));
    connected.exceptionHandler(e -> end(CloseCode.SANDBOX_GONE));
    ControlFrame enter = new ControlFrame.Enter(grant.agentTicket(), grant.terminal());
    connected.write(Buffer.buffer(FrameCodec.encodeWithLength(enter).array()));
    browser.resume();
  }

  /** A browser may send a message in parts (RFC 6455 section 5.4). */
  private void part(WebSocketFrame part) {
    boolean ofAMessage = part.isText() || part.isBinary() || part.isContinuation();
    if (closed || !ofAMessage) {
      return;
    }
    if (part.isText()) {
      end(CloseCode.BAD_FRAME);
      return;
    }
    Buffer bytes = part.binaryData();
    if (message.length() + bytes.length() > LARGEST_MESSAGE_BYTES) {
      end(CloseCode.TOO_BIG);
      return;
    }
    if (part.isFinal() && message.length() == 0) {
      fromBrowser(bytes);
      return;
    }
    message.appendBuffer(bytes);
    if (part.isFinal()) {
      Buffer whole = message;
      message = Buffer.buffer();
      fromBrowser(whole);
    }
  }

  private void fromBrowser(Buffer frame) {
    NetSocket to = agent;
    if (to == null) {
      return;
    }
    if (!mayPass(frame)) {
      end(CloseCode.BAD_FRAME);
      return;
    }
    if (!grant.isAllowed(Instant.now())) {
      end(CloseCode.NOT_ALLOWED);
      return;
    }
    to.write(
        Buffer.buffer(FrameCodec.LENGTH_BYTES + frame.length())
            .appendInt(frame.length())
            .appendBuffer(frame));
    if (to.writeQueueFull()) {
      browser.pause();
      to.drainHandler(v -> browser.resume());
    }
  }

  /** A client's frame, and Attach as the first and only as the first. */
  private boolean mayPass(Buffer frame) {
    if (frame.length() == 0) {
      return false;
    }
    FrameType type;
    try {
      type = FrameType.of(frame.getByte(0));
    } catch (BadFrame e) {
      return false;
    }
    boolean first = !attached;
    attached = true;
    return type.isFromClient() && first == (type == FrameType.ATTACH);
  }

  private void chunk(Buffer bytes) {
    if (closed) {
      return;
    }
    try {
      fromAgent.accept(bytes);
    } catch (BadFrame e) {
      end(CloseCode.SANDBOX_GONE);
      return;
    }
    NetSocket from = agent;
    if (!closed && from != null && browser.writeQueueFull()) {
      from.pause();
      stuckSince = System.nanoTime();
      browser.drainHandler(v -> drained(from));
    }
  }

  private void drained(NetSocket from) {
    stuckSince = NOT_STUCK;
    from.resume();
  }

  private void toBrowser(Buffer frame) {
    if (closed) {
      return;
    }
    browser.writeBinaryMessage(frame);
    if (frame.getByte(0) == FrameType.STATUS.code()
        && FrameCodec.decode(ByteBuffer.wrap(frame.getBytes())) instanceof AgentFrame.Status now) {
      idle.heard(grant.session().id(), now.idleSecondsLeft(), now.warnSeconds());
    }
    if (frame.getByte(0) == FrameType.CLOSED.code() && frame.length() >= CLOSED_HEADER_BYTES) {
      String reason = frame.getString(CLOSED_HEADER_BYTES, frame.length());
      end(frame.getUnsignedShort(1), reason);
    }
  }

  /** What came is no WebSocket frame, or one that is too large to be read at all. */
  void failed(Throwable e) {
    if (e instanceof CorruptedWebSocketFrameException corrupted) {
      boolean big = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
      end(big ? CloseCode.TOO_BIG : CloseCode.BAD_FRAME);
    }
  }

  /** Whether the browser has taken nothing since then, by {@link System#nanoTime}. Any thread. */
  boolean isStuckSince(long nanos) {
    long since = stuckSince;
    return since != NOT_STUCK && since - nanos < 0;
  }

  /** Any thread. */
  void close(CloseCode code) {
    context.runOnContext(v -> end(code));
  }

  private void end(CloseCode code) {
    end(code.code(), code.reason());
  }

  private void end(int code, String reason) {
    if (closed) {
      return;
    }
    closed = true;
    hangUp();
    if (!browser.isClosed()) {
      // Bounded: what waits for a browser that takes nothing must not wait for ever.
      context.owner().setTimer(GIVE_UP_MILLIS, t -> cut.run());
      browser.resume();
      browser.close((short) code, reason);
    }
  }

  /** The browser's socket is gone. */
  void gone() {
    closed = true;
    hangUp();
  }

  private void hangUp() {
    NetSocket from = agent;
    if (from != null) {
      from.close();
    }
  }
}
