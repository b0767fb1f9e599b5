// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A browser's socket to a terminal. */
final class TestView {
  private final ClientWebSocket socket;
  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private volatile boolean closed;

  private TestView(Vertx vertx) {
    socket = client(vertx).webSocket();
    socket.binaryMessageHandler(this::take);
    socket.closeHandler(v -> closed = true);
    socket.exceptionHandler(e -> {});
  }

  /** The options of our page's socket with this ticket. */
  static WebSocketConnectOptions options(TestBrowser browser, String ticket) {
    java.net.URI origin = java.net.URI.create(browser.origin());
    return new WebSocketConnectOptions()
        .setHost("localhost")
        .setPort(origin.getPort())
        .setURI("/api/terminal?ticket=" + ticket)
        .addSubProtocol("coffer.terminal.v1")
        .addHeader("Origin", browser.origin())
        .addHeader("Cookie", browser.cookie());
  }

  static TestView open(Vertx vertx, TestBrowser browser, String ticket) {
    TestView view = new TestView(vertx);
    await(view.socket.connect(options(browser, ticket)));
    return view;
  }

  /** The same of a program with this access token or key, which has no page. */
  static TestView ofProgram(Vertx vertx, String origin, String bearer, String ticket) {
    TestView view = new TestView(vertx);
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("localhost")
            .setPort(java.net.URI.create(origin).getPort())
            .setURI("/api/terminal?ticket=" + ticket)
            .addSubProtocol("coffer.terminal.v1")
            .setAllowOriginHeader(false)
            .addHeader("Authorization", "Bearer " + bearer);
    await(view.socket.connect(options));
    return view;
  }

  /** The same through another port, for instance one of a proxy. */
  static TestView openAt(Vertx vertx, int port, TestBrowser browser, String ticket) {
    TestView view = new TestView(vertx);
    WebSocketConnectOptions options = options(browser, ticket);
    options.addHeader("Host", "localhost:" + options.getPort()).setPort(port);
    await(view.socket.connect(options));
    return view;
  }

  private static WebSocketClient client(Vertx vertx) {
    return vertx.createWebSocketClient(
        new WebSocketClientOptions().setMaxFrameSize(4_000_000).setMaxMessageSize(4_000_000));
  }

  /** The status and body with which the upgrade is refused; 101 if it is not. */
  static Refusal refusal(
      Vertx vertx,
      TestBrowser browser,
      String ticket,
      UnaryOperator<WebSocketConnectOptions> twist) {
    try {
      await(client(vertx).connect(twist.apply(options(browser, ticket)))).close();
      return new Refusal(101, "");
    } catch (CompletionException e) {
      if (e.getCause() instanceof UpgradeRejectedException rejected) {
        return new Refusal(rejected.getStatus(), rejected.getBody().toString());
      }
      throw e;
    }
  }

  record Refusal(int status, String body) {}

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private synchronized void take(Buffer message) {
    Frame frame = FrameCodec.decode(ByteBuffer.wrap(message.getBytes()));
    frames.add(frame);
    if (frame instanceof AgentFrame.Output out) {
      output.writeBytes(out.bytes());
    }
  }

  TestView attach() {
    send(new ClientFrame.Attach(-1, 80, 24));
    return this;
  }

  void send(Frame frame) {
    sendRaw(Buffer.buffer(FrameCodec.encode(frame).array()));
  }

  Future<Void> sendRaw(Buffer message) {
    return socket.writeBinaryMessage(message);
  }

  /** One message of so many frames. */
  void sendInPieces(int length, int pieces) {
    socket.writeFrame(
        WebSocketFrame.binaryFrame(Buffer.buffer(new byte[length]).setByte(0, (byte) 1), false));
    for (int i = 1; i < pieces; i++) {
      socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(new byte[length]), false));
    }
  }

  /** Nobody has asked for it: a heartbeat of one side alone (RFC 6455 section 5.5.3). */
  void sendPong() {
    socket.writePong(Buffer.buffer("here"));
  }

  void sendText(String text) {
    socket.writeTextMessage(text);
  }

  /** Takes nothing any more, or again. */
  void pause() {
    socket.pause();
  }

  void resume() {
    socket.resume();
  }

  List<Frame> frames() {
    return List.copyOf(frames);
  }

  synchronized byte[] output() {
    return output.toByteArray();
  }

  boolean isClosed() {
    return closed;
  }

  /** 0 while it is open. */
  int closeCode() {
    Short code = socket.closeStatusCode();
    return closed && code != null ? code : 0;
  }

  String subProtocol() {
    return socket.subProtocol();
  }

  void close() {
    socket.close();
  }
}
