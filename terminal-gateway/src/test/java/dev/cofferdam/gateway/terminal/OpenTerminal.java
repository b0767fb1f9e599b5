// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.AgentStandIn;
import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.testkit.Eventually;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A browser of a person of its own, with an open session and what views it opens. */
abstract class OpenTerminal {
  static final Duration SOON = Duration.ofSeconds(10);

  Stage stage;
  @Inject Vertx vertx;
  @Inject OpenViews views;

  final List<TestView> opened = new ArrayList<>();
  TestBrowser owner;
  String session;
  AgentStandIn agent;

  @BeforeEach
  void open() {
    owner = stage.newBrowser();
    String workspace = stage.workspaceOf(owner.user());
    session = owner.open(workspace);
    agent = stage.host().agentOf(WorkspaceId.parse(workspace));
  }

  @AfterEach
  void close() {
    opened.forEach(TestView::close);
    stage.browserSessionsLast(Duration.ofHours(12));
  }

  TestView view() {
    TestView view = TestView.open(vertx, owner, owner.ticket(session, 1));
    opened.add(view);
    return view;
  }

  TestView attached() {
    int before = agent.views().size();
    TestView view = view().attach();
    Eventually.within(SOON)
        .until(
            "attached",
            () -> view.frames().stream().anyMatch(AgentFrame.Attached.class::isInstance));
    assertThat(agent.views()).hasSize(before + 1);
    return view;
  }

  AgentStandIn.Line agentSide() {
    return agent.views().getLast();
  }

  void assertEchoes(TestView view) {
    String marker = UUID.randomUUID().toString();
    view.send(new ClientFrame.Input(marker.getBytes(UTF_8)));
    Eventually.within(SOON)
        .until("an echo", () -> new String(view.output(), UTF_8).contains(marker));
  }

  /** Until nothing was sent for a third of a second. */
  static void awaitStill(AtomicLong sent) {
    long[] last = {-1, System.nanoTime()};
    Eventually.within(SOON)
        .until(
            "it stands still",
            () -> {
              if (sent.get() != last[0]) {
                last[0] = sent.get();
                last[1] = System.nanoTime();
              }
              return last[0] > 0 && System.nanoTime() - last[1] > 300_000_000;
            });
  }
}
