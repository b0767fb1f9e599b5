// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.BoxUse;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandbox.protocol.HostAnswer;
import dev.cofferdam.sandbox.protocol.HostCodec;
import dev.cofferdam.sandbox.protocol.HostEvent;
import dev.cofferdam.sandbox.protocol.HostRequest;
import dev.cofferdam.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Asks sandbox-host as a gateway does, and watches for exits. */
public final class HostClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SocketChannel channel;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, HostAnswer> answers = new ConcurrentHashMap<>();
  private final Map<SandboxId, ExitReason> exits = new ConcurrentHashMap<>();

  public HostClient(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().name("host-client").start(this::readAll);
    ask(new HostRequest.Watch(ids.incrementAndGet()));
  }

  private void readAll() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        switch (HostCodec.readMessage(line)) {
          case HostAnswer answer -> answers.put(answer.id(), answer);
          case HostEvent.Exited exited -> exits.put(exited.sandbox(), exited.reason());
        }
      }
    } catch (IOException e) {
      return; // closed by the test
    }
  }

  public HostAnswer ask(HostRequest request) {
    send(HostCodec.write(request) + "\n");
    within(PATIENCE, "an answer to " + request, () -> answers.containsKey(request.id()));
    return answers.get(request.id());
  }

  private static void within(Duration patience, String what, BooleanSupplier condition) {
    Eventually.within(patience).until(what, condition);
  }

  private synchronized void send(String line) {
    try {
      ByteBuffer bytes = UTF_8.encode(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public HostAnswer tryStart(WorkspaceId workspace) {
    return ask(new HostRequest.Start(ids.incrementAndGet(), workspace));
  }

  public Box start(WorkspaceId workspace) {
    HostAnswer answer = tryStart(workspace);
    if (answer instanceof HostAnswer.Started started) {
      return started.box();
    }
    throw new AssertionError("not started: " + answer);
  }

  public void warm(WorkspaceId workspace) {
    ask(new HostRequest.Warm(ids.incrementAndGet(), workspace));
  }

  public HostAnswer end(SandboxId sandbox) {
    return ask(new HostRequest.End(ids.incrementAndGet(), sandbox));
  }

  public HostAnswer destroy(WorkspaceId workspace) {
    return ask(new HostRequest.Destroy(ids.incrementAndGet(), workspace));
  }

  public List<Box> list() {
    return listed().boxes();
  }

  private HostAnswer.Boxes listed() {
    return (HostAnswer.Boxes) ask(new HostRequest.ListBoxes(ids.incrementAndGet()));
  }

  /** Boxes whose starter's connection is still there. */
  public Set<SandboxId> attended() {
    return listed().attended();
  }

  public List<BoxUse> measure() {
    return ((HostAnswer.Measured) ask(new HostRequest.Measure(ids.incrementAndGet()))).uses();
  }

  public ExitReason awaitExit(SandboxId sandbox, Duration patience) {
    within(patience, "the exit of " + sandbox, () -> exits.containsKey(sandbox));
    return exits.get(sandbox);
  }

  public boolean hasExited(SandboxId sandbox) {
    return exits.containsKey(sandbox);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
