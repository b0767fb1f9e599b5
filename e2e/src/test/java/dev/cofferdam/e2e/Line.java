// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A view of a terminal without a browser: one socket, closed with it. */
final class Line implements AutoCloseable, WebSocket.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http;
  private final WebSocket socket;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private volatile int closeCode;
  private volatile long next = Limits.NO_OFFSET;

  private Line(ApiClient api, String ticket) {
    HttpClient.Builder builder = HttpClient.newBuilder();
    api.tls().ifPresent(builder::sslContext);
    http = builder.build();
    socket =
        http.newWebSocketBuilder()
            .subprotocols("coffer.terminal.v1")
            .header("Cookie", api.cookie())
            .header("Origin", api.origin())
            .buildAsync(
                URI.create(api.origin().replace("http", "ws") + "/api/terminal?ticket=" + ticket),
                this)
            .join();
  }

  /** A new terminal of a session, attached, with its prompt there. */
  static Line toNewTerminal(ApiClient api, String session) {
    Line line = attach(api, session, api.createTerminal(session), Limits.NO_OFFSET);
    line.awaitText("$");
    return line;
  }

  static Line attach(ApiClient api, String session, int terminal, long offset) {
    Line line = new Line(api, api.ticket(session, terminal));
    line.send(new ClientFrame.Attach(offset, 80, 24));
    return line;
  }

  void send(Frame frame) {
    sendRaw(FrameCodec.encode(frame));
  }

  synchronized void sendRaw(ByteBuffer bytes) {
    socket.sendBinary(bytes, true).join();
  }

  synchronized void sendText(String text) {
    socket.sendText(text, true).join();
  }

  void enter(String command) {
    send(new ClientFrame.Input((command + "\r").getBytes(UTF_8)));
  }

  /** All output so far. */
  String text() {
    synchronized (output) {
      return output.toString(UTF_8);
    }
  }

  void awaitText(String text) {
    await(Pattern.compile(Pattern.quote(text)));
  }

  /** The first match in all output so far; nobody waits for more than a closed socket brought. */
  MatchResult await(Pattern pattern) {
    try {
      Await.until(
          pattern.toString(), PATIENCE, () -> pattern.matcher(text()).find() || closeCode != 0);
      Matcher found = pattern.matcher(text());
      assertThat(found.find()).as("closed without %s", pattern).isTrue();
      return found;
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage() + "; closed with " + closeCode + " after:\n" + text());
    }
  }

  /** The offset of the byte after the last that came. */
  long next() {
    return next;
  }

  List<Frame> frames() {
    return List.copyOf(frames);
  }

  int awaitClosed(Duration most) {
    Await.until("the socket to be closed", most, () -> closeCode != 0);
    return closeCode;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    message.writeBytes(bytes);
    if (last) {
      take(FrameCodec.decode(ByteBuffer.wrap(message.toByteArray())));
      message.reset();
    }
    from.request(1);
    return null;
  }

  private void take(Frame frame) {
    frames.add(frame);
    if (!(frame instanceof AgentFrame.Output piece)) {
      return;
    }
    assertThat(next == Limits.NO_OFFSET || next == piece.offset()).as("no gap").isTrue();
    synchronized (output) {
      output.writeBytes(piece.bytes());
    }
    next = piece.offset() + piece.bytes().length;
    send(new ClientFrame.Ack(next));
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeCode = code;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closeCode = closeCode == 0 ? 1006 : closeCode;
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
  }
}
