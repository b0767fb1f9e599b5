// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.terminal.protocol.AgentFrame;
import dev.cofferdam.terminal.protocol.ClientFrame;
import dev.cofferdam.terminal.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The door of terminals: who gets through it, and what comes through. */
@ExtendWith(SharedCoffer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorSocketIT extends DoorAttack {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void opensNoSocketForAnotherSite() {
    anOpenSession();
    assertNoSocket(request -> request.with("Origin", EVIL), 403);
    assertNoSocket(request -> request.with("Origin", "null"), 403);
    assertNoSocket(request -> request.without("Origin"), 403);
    assertNoSocket(request -> request.with("Origin", "http://127.0.0.1:" + port()), 403);
    assertNoSocket(request -> request.without("Cookie"), 401);
    assertNoSocket(request -> request.without("Sec-WebSocket-Protocol"), 426);
    assertNoSocket(request -> request.with("Host", "evil.example"), 421);
  }

  private void assertNoSocket(java.util.function.UnaryOperator<Request> attack, int status) {
    Request request = attack.apply(owner.upgrade(owner.ticket(session, terminal)));
    Reply reply = owner.send(request);
    assertThat(reply.status()).as("%s\n%s", request, reply).isEqualTo(status);
    assertThat(reply.isProblem()).isTrue();
  }

  @Test
  void takesATicketOnceAndFromItsBrowserOnly(Coffer coffer) {
    anOpenSession();
    String ticket = owner.ticket(session, terminal);
    assertThat(owner.send(owner.upgrade(ticket)).status()).isEqualTo(101);
    assertThat(owner.send(owner.upgrade(ticket)).status()).isEqualTo(403);
    assertThat(owner.send(owner.upgrade("x".repeat(43))).status()).isEqualTo(403);

    ApiClient other = ApiClient.signedIn(coffer);
    String mine = owner.ticket(session, terminal);
    assertThat(other.send(other.upgrade(mine)).status()).isEqualTo(403);
    assertThat(owner.send(owner.upgrade(mine)).status()).as("spent by the attempt").isEqualTo(403);
  }

  @Test
  void closesASocketThatSpeaksBadlyAndHurtsNoOther() {
    anOpenSession();
    try (Line good = Line.toNewTerminal(owner, session)) {
      assertClosed(line -> line.sendRaw(ByteBuffer.wrap(new byte[] {0x7f})), 1003);
      assertClosed(line -> line.sendRaw(ByteBuffer.wrap(new byte[] {0x43, 0, 0})), 1003);
      assertClosed(line -> line.sendRaw(ByteBuffer.wrap(new byte[] {2, 0, 0, 0, 0})), 1003);
      assertClosed(line -> line.sendText("text"), 1003);
      assertClosed(line -> line.sendRaw(ByteBuffer.allocate(100_000)), 1009);
      // Closed before all of it was read: TCP may reset the connection ahead of the code.
      assertClosed(line -> line.sendRaw(ByteBuffer.allocate(200_000)), 1009, 1006);
      good.enter("echo un''hurt");
      good.awaitText("unhurt");
    }
  }

  private void assertClosed(java.util.function.Consumer<Line> attack, Integer... codes) {
    try (Line line = Line.attach(owner, session, terminal, Limits.NO_OFFSET)) {
      Await.until("attached", SOON, () -> !line.frames().isEmpty());
      try {
        attack.accept(line);
      } catch (CompletionException e) {
        assertThat(e).as("closed before all was sent").hasCauseInstanceOf(IOException.class);
      }
      assertThat(line.awaitClosed(SOON)).isIn((Object[]) codes);
    }
  }

  @Test
  void attachesAgainWithWhatWasMissed() {
    anOpenSession();
    long next;
    try (Line line = Line.attach(owner, session, terminal, Limits.NO_OFFSET)) {
      line.enter("echo be''fore");
      line.awaitText("before");
      next = line.next();
    }
    try (Line again = Line.attach(owner, session, terminal, next)) {
      again.enter("echo af''ter");
      again.awaitText("after");
      assertThat(again.text()).doesNotContain("before");
      assertThat(again.frames()).noneMatch(AgentFrame.Reset.class::isInstance);
    }
    try (Line beyond = Line.attach(owner, session, terminal, next + 1_000_000_000)) {
      Await.until(
          "a reset",
          SOON,
          () -> beyond.frames().stream().anyMatch(AgentFrame.Reset.class::isInstance));
    }
  }

  @Test
  void admitsEightViewsOfATerminal() {
    anOpenSession();
    List<Line> views = new ArrayList<>();
    try {
      for (int i = 0; i < Limits.MOST_VIEWS; i++) {
        Line view = Line.attach(owner, session, terminal, Limits.NO_OFFSET);
        views.add(view);
        Await.until("attached", SOON, () -> !view.frames().isEmpty());
      }
      try (Line ninth = Line.attach(owner, session, terminal, Limits.NO_OFFSET)) {
        assertThat(ninth.awaitClosed(SOON)).isEqualTo(4409);
      }
      views.getFirst().send(new ClientFrame.Stay());
    } finally {
      views.forEach(Line::close);
    }
  }

  @Test
  void endsSocketsAtSignOut(Coffer coffer) {
    anOpenSession();
    ApiClient other = ApiClient.signedIn(coffer);
    try (Line line = Line.attach(other, session, terminal, Limits.NO_OFFSET)) {
      Await.until("attached", SOON, () -> !line.frames().isEmpty());
      assertThat(other.send(other.post("/api/sign-out", "{}")).status()).isEqualTo(204);
      assertThat(line.awaitClosed(Duration.ofSeconds(1))).isEqualTo(1008);
    }
    assertThat(other.send(other.get("/api/me")).status()).isEqualTo(401);
  }
}
