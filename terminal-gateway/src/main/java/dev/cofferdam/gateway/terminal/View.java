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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One socket of a browser and one of an agent, and the bytes between them.
 *
 * <p>Frames pass as they are; looked at are lengths and first bytes. A side that does not take what
 * it is sent stops the reading of the other one, so nothing piles up here: at most a write queue
 * each way. All on the event loop of the browser's socket, but for what says otherwise.
 */
final class View {
  private static final int LARGEST_MESSAGE_BYTES = 1 + Limits.LARGEST_INBOUND_PAYLOAD_BYTES;
  private static final int CLOSED_HEADER_BYTES = 3;
  private static final long NOT_STUCK = Long.MAX_VALUE;
  private static final long GIVE_UP_MILLIS = 1000;

  private final SocketTickets.Grant grant;
  private final BrowserLine line;
  private final ServerWebSocket browser;
  private final LastHeard lastHeard;
  private final IdleWatch idle;
  private final BooleanSupplier room;
  private final FrameCutter fromAgent = new FrameCutter(this::toBrowser);
  private Buffer message = Buffer.buffer();
  private @Nullable NetSocket agent;
  private boolean attached;
  private boolean closed;
  private volatile long stuckSince = NOT_STUCK;

  /**
   * Called on the socket's event loop.
   *
   * @param lastHeard for this socket alone
   * @param idle hears how long the sandbox says that it has
   * @param room ends a view of this terminal that nothing was heard of lately; false if there is
   *     none
   */
  View(
      SocketTickets.Grant grant,
      BrowserLine line,
      LastHeard lastHeard,
      IdleWatch idle,
      BooleanSupplier room) {
    this.grant = grant;
    this.line = line;
    this.lastHeard = lastHeard;
    this.idle = idle;
    this.room = room;
    browser = line.socket();
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
    readToTheEnd(connected);
    ControlFrame enter = new ControlFrame.Enter(grant.agentTicket(), grant.terminal());
    connected.write(Buffer.buffer(FrameCodec.encodeWithLength(enter).array()));
    read();
  }

  /**
   * An agent that hangs up has said why. What we write to it then fails, which would close the
   * connection with its last words unread.
   */
  private static void readToTheEnd(NetSocket connected) {
    ((NetSocketInternal) connected).channelHandlerContext().channel().config().setAutoClose(false);
    // Its close handler is called behind whatever is wrong.
    connected.exceptionHandler(e -> {});
  }

  private void read() {
    lastHeard.listen();
    browser.resume();
  }

  /** A browser may send a message in parts (RFC 6455 section 5.4). */
  private void part(WebSocketFrame part) {
    lastHeard.heard();
    if (closed) {
      return;
    }
    if (!(part.isText() || part.isBinary() || part.isContinuation())) {
      answered();
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

  /** Each ping has its pong by now, which waits where nobody reads: no more of them then. */
  private void answered() {
    if (browser.writeQueueFull()) {
      lastHeard.stopListening();
      browser.pause();
      waitForBrowser();
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
      lastHeard.stopListening();
      browser.pause();
      to.drainHandler(v -> read());
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
    if (!closed && browser.writeQueueFull()) {
      waitForBrowser();
    }
  }

  private void waitForBrowser() {
    NetSocket from = agent;
    if (from == null) {
      return;
    }
    from.pause();
    if (stuckSince == NOT_STUCK) {
      stuckSince = System.nanoTime();
    }
    browser.drainHandler(
        v -> {
          stuckSince = NOT_STUCK;
          from.resume();
          if (!from.writeQueueFull()) {
            read();
          }
        });
  }

  private void toBrowser(Buffer frame) {
    if (closed) {
      return;
    }
    boolean last =
        frame.getByte(0) == FrameType.CLOSED.code() && frame.length() >= CLOSED_HEADER_BYTES;
    int code = last ? frame.getUnsignedShort(1) : 0;
    if (code == CloseCode.TOO_MANY_VIEWS.code() && room.getAsBoolean()) {
      // There is room when it comes back.
      end(CloseCode.TOO_SLOW);
      return;
    }
    browser.writeBinaryMessage(frame);
    if (frame.getByte(0) == FrameType.STATUS.code()
        && FrameCodec.decode(ByteBuffer.wrap(frame.getBytes())) instanceof AgentFrame.Status now) {
      idle.heard(grant.session().id(), now.idleSecondsLeft(), now.warnSeconds());
    }
    if (last) {
      end(code, frame.getString(CLOSED_HEADER_BYTES, frame.length()));
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

  /** For how long nothing was heard of the browser. Any thread. */
  Duration silence() {
    return lastHeard.silence();
  }

  /** Asks for a sign of life if there was none for so long. Any thread. */
  void askAfter(Duration silence) {
    if (lastHeard.isToBeAsked(silence)) {
      line.context().runOnContext(v -> ask());
    }
  }

  private void ask() {
    if (!closed) {
      browser.writePing(Buffer.buffer());
    }
  }

  /** Any thread. */
  void close(CloseCode code) {
    line.context().runOnContext(v -> end(code));
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
      line.context().owner().setTimer(GIVE_UP_MILLIS, t -> line.connection().close());
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
