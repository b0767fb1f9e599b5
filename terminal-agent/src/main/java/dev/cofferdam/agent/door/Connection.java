// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.door;

import dev.cofferdam.agent.lease.Activity;
import dev.cofferdam.agent.lease.TerminalReports;
import dev.cofferdam.agent.terminal.Terminal;
import dev.cofferdam.agent.terminal.View;
import dev.cofferdam.agent.terminal.ViewWire;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.BadFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.CloseCode;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import dev.cofferdam.terminal.protocol.ControlFrame;
import dev.cofferdam.terminal.protocol.Frame;
import dev.cofferdam.terminal.protocol.FrameCodec;
import dev.cofferdam.terminal.protocol.FrameSplitter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the gateway: control, or a view once it has entered a terminal.
 *
 * <p>Its thread reads; what it sends for a view may be written by the PTY's thread as well, under
 * the terminal's lock. The channel does not block, so a client that takes nothing holds up nobody.
 */
final class Connection implements ViewWire {
  private static final int READ_BYTES = 64 * 1024;
  private static final long CONTROL_PATIENCE_MILLIS = 5000;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Orders orders;
  private final FrameSplitter splitter = new FrameSplitter();
  private @Nullable Terminal terminal;
  private @Nullable View view;
  private volatile boolean refused;

  private Connection(SocketChannel channel, Orders orders) throws IOException {
    this.channel = channel;
    this.orders = orders;
    channel.configureBlocking(false);
    selector = Selector.open();
    key = channel.register(selector, SelectionKey.OP_READ);
  }

  static void serve(SocketChannel channel, Orders orders) {
    try (channel) {
      Connection connection = new Connection(channel, orders);
      try {
        connection.readAll();
      } finally {
        connection.leave();
        connection.selector.close();
      }
    } catch (IOException | CancelledKeyException e) {
      // The other side is gone; nothing is owed to it.
      return;
    }
  }

  private void readAll() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(READ_BYTES);
    while (channel.isOpen() && !refused) {
      selector.select();
      selector.selectedKeys().clear();
      if (!key.isValid()) {
        return;
      }
      if (key.isWritable()) {
        resumeWriting();
      }
      if (key.isReadable() && !read(bytes)) {
        return;
      }
    }
    awaitTaken();
  }

  /** A refused client is heard no more, but gets some time to take the reason. */
  private void awaitTaken() throws IOException {
    long end = System.nanoTime() + CONTROL_PATIENCE_MILLIS * 1_000_000;
    while (channel.isOpen() && System.nanoTime() < end) {
      resumeWriting();
      selector.select(CONTROL_PATIENCE_MILLIS);
      selector.selectedKeys().clear();
    }
  }

  private boolean read(ByteBuffer bytes) throws IOException {
    bytes.clear();
    if (channel.read(bytes) < 0) {
      return false;
    }
    try {
      splitter.accept(bytes.flip(), frame -> take(FrameCodec.decode(frame)));
      return true;
    } catch (BadFrame e) {
      refuse(e.closeCode());
      return true;
    }
  }

  private void resumeWriting() {
    key.interestOps(refused ? 0 : SelectionKey.OP_READ);
    Terminal entered = terminal;
    View attached = view;
    if (entered != null && attached != null) {
      entered.writable(attached);
    }
  }

  private void take(Frame frame) {
    if (refused) {
      return;
    }
    switch (frame) {
      case ControlFrame.Enter enter when terminal == null -> enter(enter);
      case ControlFrame order when terminal == null -> orders.carryOut(order, this::answer);
      case ClientFrame client when terminal != null -> takeOfView(client, terminal);
      default -> refuse(CloseCode.BAD_FRAME);
    }
  }

  private void enter(ControlFrame.Enter enter) {
    Optional<Terminal> found = orders.enter(enter, this::refuse);
    found.ifPresent(t -> terminal = t);
  }

  private void refuse(ControlAnswer answer) {
    boolean unknown =
        answer instanceof ControlAnswer.Failed failed && failed.slug().equals("no-such-terminal");
    refuse(unknown ? CloseCode.NO_SUCH_TERMINAL : CloseCode.TICKET_REFUSED);
  }

  private void takeOfView(ClientFrame frame, Terminal entered) {
    View attached = view;
    if (frame instanceof ClientFrame.Attach attach && attached == null) {
      attach(attach, entered);
      return;
    }
    if (attached == null) {
      refuse(CloseCode.BAD_FRAME);
      return;
    }
    switch (frame) {
      case ClientFrame.Input input -> input(input, entered, attached);
      case ClientFrame.Resize size -> entered.resize(attached, size.columns(), size.rows());
      case ClientFrame.Ack ack -> entered.acknowledge(attached, ack.offset());
      case ClientFrame.Stay stay -> {
        if (!orders.agent().active(Activity.STAY)) {
          entered.send(attached, orders.agent().status());
        }
      }
      case ClientFrame.Ping ping -> entered.send(attached, new AgentFrame.Pong(ping.nonce()));
      case ClientFrame.Attach again -> refuse(CloseCode.BAD_FRAME);
    }
  }

  private void attach(ClientFrame.Attach attach, Terminal entered) {
    Optional<View> attached =
        entered.attach(this, attach.offset(), attach.columns(), attach.rows());
    if (attached.isEmpty()) {
      refuse(CloseCode.TOO_MANY_VIEWS);
      return;
    }
    view = attached.get();
    orders.agent().viewCame();
    entered.send(attached.get(), orders.agent().status());
  }

  private void input(ClientFrame.Input input, Terminal entered, View attached) {
    if (!TerminalReports.are(input.bytes())) {
      orders.agent().active(Activity.COMMAND);
    }
    if (input.bytes().length > 0 && !entered.input(input.bytes())) {
      entered.close(attached, CloseCode.TOO_SLOW);
    }
  }

  private void refuse(CloseCode code) {
    refused = true;
    Terminal entered = terminal;
    View attached = view;
    if (entered != null && attached != null) {
      entered.close(attached, code);
      return;
    }
    answer(new AgentFrame.Closed(code.code(), code.reason()));
    close();
  }

  /** Control answers are small and awaited; who does not take them is cut off. */
  private void answer(Frame frame) {
    ByteBuffer bytes = FrameCodec.encodeWithLength(frame);
    long end = System.nanoTime() + CONTROL_PATIENCE_MILLIS * 1_000_000;
    try (Selector writable = Selector.open()) {
      channel.write(bytes);
      while (bytes.hasRemaining() && System.nanoTime() < end) {
        channel.register(writable, SelectionKey.OP_WRITE);
        writable.select(CONTROL_PATIENCE_MILLIS);
        channel.write(bytes);
      }
    } catch (IOException e) {
      close();
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    channel.write(bytes);
  }

  @Override
  public void wantWritable() {
    try {
      key.interestOps((refused ? 0 : SelectionKey.OP_READ) | SelectionKey.OP_WRITE);
      selector.wakeup();
    } catch (CancelledKeyException e) {
      // The connection has ended meanwhile, as its own thread will see.
      return;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      selector.wakeup();
    } catch (IOException e) {
      // Closing is all that is left to do with it.
      return;
    }
  }

  private void leave() {
    Terminal entered = terminal;
    View attached = view;
    if (entered != null && attached != null) {
      entered.detach(attached);
      orders.agent().viewWent();
    }
  }
}
