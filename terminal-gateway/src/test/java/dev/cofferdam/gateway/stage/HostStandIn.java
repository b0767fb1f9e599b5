// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.BoxUse;
import dev.cofferdam.sandbox.protocol.ExitReason;
import dev.cofferdam.sandbox.protocol.HostAnswer;
import dev.cofferdam.sandbox.protocol.HostCodec;
import dev.cofferdam.sandbox.protocol.HostEvent;
import dev.cofferdam.sandbox.protocol.HostMessage;
import dev.cofferdam.sandbox.protocol.HostRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Stands in for sandbox-host: speaks its protocol on a real Unix socket; its boxes are agents that
 * stand in as well.
 */
public final class HostStandIn {
  private final Path directory;
  private final Map<SandboxId, Box> boxes = new ConcurrentHashMap<>();
  private final Set<SandboxId> attended = ConcurrentHashMap.newKeySet();
  private final Map<SandboxId, AgentStandIn> agents = new ConcurrentHashMap<>();
  private final Map<SandboxId, BoxUse> uses = new ConcurrentHashMap<>();
  private final Set<SocketChannel> lines = ConcurrentHashMap.newKeySet();
  private final List<HostRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Consumer<AgentStandIn> prepare = agent -> {};
  private final Set<SandboxId> stuck = ConcurrentHashMap.newKeySet();
  private volatile String refusal = "";
  private volatile CountDownLatch starts = new CountDownLatch(0);
  private ServerSocketChannel server;

  HostStandIn() {
    try {
      directory = Files.createTempDirectory("host");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = listen();
  }

  public Path socket() {
    return directory.resolve("host.sock");
  }

  private ServerSocketChannel listen() {
    try {
      ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      Files.deleteIfExists(socket());
      listening.bind(UnixDomainSocketAddress.of(socket()));
      Thread.ofVirtual().start(() -> acceptAll(listening));
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hangs up on everybody and listens no more. Boxes run on. */
  public void stop() {
    try {
      server.close();
      for (SocketChannel line : lines) {
        line.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void startAgain() {
    server = listen();
  }

  /** What is done to each new box's agent. */
  public void prepare(Consumer<AgentStandIn> newPrepare) {
    prepare = newPrepare;
  }

  /** Starts are refused with this word; an empty one allows them. */
  public void refuseStarts(String problem) {
    refusal = problem;
  }

  /** Starts are late: they begin only when this is called with {@code false}. */
  public void holdStarts(boolean hold) {
    starts.countDown();
    starts = new CountDownLatch(hold ? 1 : 0);
  }

  /** The first of these that it lists ends no more. */
  public SandboxId stickFirstOf(Set<SandboxId> some) {
    SandboxId first = boxes.keySet().stream().filter(some::contains).findFirst().orElseThrow();
    stuck.add(first);
    return first;
  }

  public void unstick(SandboxId sandbox) {
    stuck.remove(sandbox);
  }

  public List<HostRequest> requests() {
    return List.copyOf(requests);
  }

  public boolean runs(SandboxId sandbox) {
    return boxes.containsKey(sandbox);
  }

  public boolean hasBoxOf(WorkspaceId workspace) {
    return boxes.values().stream().anyMatch(box -> box.workspace().equals(workspace));
  }

  public Box boxOf(WorkspaceId workspace) {
    return boxes.values().stream()
        .filter(box -> box.workspace().equals(workspace))
        .findFirst()
        .orElseThrow();
  }

  /** What it says that this box takes; before, it can't measure it. */
  public void setUse(SandboxId sandbox, long memoryBytes, long cpuMicros) {
    uses.put(sandbox, new BoxUse(sandbox, memoryBytes, cpuMicros));
  }

  /** The box is gone, and nobody hears of it. */
  public void loseQuietly(SandboxId sandbox) {
    boxes.remove(sandbox);
    agents.remove(sandbox).close();
  }

  /** The agent of this workspace's box. */
  public AgentStandIn agentOf(WorkspaceId workspace) {
    return boxes.values().stream()
        .filter(box -> box.workspace().equals(workspace))
        .map(box -> agents.get(box.sandbox()))
        .findFirst()
        .orElseThrow();
  }

  /** A box that runs without anybody having asked on this connection. */
  public Box add(WorkspaceId workspace) {
    SandboxId sandbox = SandboxId.random();
    Path socket = directory.resolve(sandbox.toString().substring(0, 8) + ".sock");
    AgentStandIn agent = new AgentStandIn(socket, () -> exit(sandbox, ExitReason.LOCKED));
    prepare.accept(agent);
    Box box = new Box(sandbox, workspace, socket.toString(), 1, Instant.now());
    agents.put(sandbox, agent);
    boxes.put(sandbox, box);
    return box;
  }

  /** Whether another gateway that is there has started the box. */
  public void attend(SandboxId sandbox, boolean isAttended) {
    if (isAttended) {
      attended.add(sandbox);
    } else {
      attended.remove(sandbox);
    }
  }

  /** The box is gone, and watchers hear of it. */
  public void exit(SandboxId sandbox, ExitReason reason) {
    Box box = boxes.remove(sandbox);
    if (box == null) {
      return;
    }
    agents.remove(sandbox).close();
    HostEvent event = new HostEvent.Exited(sandbox, box.workspace(), reason);
    lines.forEach(line -> tell(line, event));
  }

  private void acceptAll(ServerSocketChannel listening) {
    try {
      while (true) {
        SocketChannel line = listening.accept();
        lines.add(line);
        Thread.ofPlatform().daemon().start(() -> serve(line));
      }
    } catch (IOException e) {
      return;
    }
  }

  private void serve(SocketChannel line) {
    try (line) {
      BufferedReader reader = new BufferedReader(Channels.newReader(line, UTF_8));
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        HostRequest request = HostCodec.readRequest(text);
        requests.add(request);
        tell(line, answer(request));
      }
    } catch (IOException e) {
      return;
    } finally {
      lines.remove(line);
    }
  }

  private HostMessage answer(HostRequest request) {
    return switch (request) {
      case HostRequest.Start r -> start(r);
      case HostRequest.ListBoxes r ->
          new HostAnswer.Boxes(r.id(), List.copyOf(boxes.values()), Set.copyOf(attended));
      case HostRequest.Measure r -> new HostAnswer.Measured(r.id(), List.copyOf(uses.values()));
      case HostRequest.End r when stuck.contains(r.sandbox()) ->
          new HostAnswer.Refused(r.id(), "box-stuck", "in a test");
      case HostRequest.End r -> {
        exit(r.sandbox(), ExitReason.KILLED);
        yield new HostAnswer.Accepted(r.id());
      }
      case HostRequest r -> new HostAnswer.Accepted(r.id());
    };
  }

  private HostMessage start(HostRequest.Start request) {
    if (!refusal.isEmpty()) {
      return new HostAnswer.Refused(request.id(), refusal, "in a test");
    }
    CountDownLatch held = starts;
    boolean late = held.getCount() > 0;
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (hasBoxOf(request.workspace())) {
      return new HostAnswer.Refused(request.id(), "box-running", "in a test");
    }
    Box box = add(request.workspace());
    if (late) {
      attend(box.sandbox(), true); // whoever asked is still there
    }
    return new HostAnswer.Started(request.id(), box);
  }

  private static synchronized void tell(SocketChannel line, HostMessage message) {
    ByteBuffer bytes = UTF_8.encode(HostCodec.write(message) + "\n");
    try {
      while (bytes.hasRemaining()) {
        line.write(bytes);
      }
    } catch (IOException e) {
      return;
    }
  }
}
