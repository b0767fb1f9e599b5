// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import static dev.cofferdam.tickets.TicketAction.TERMINAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.tickets.TicketDecision.Admit;
import dev.cofferdam.tickets.TicketDecision.Refusal;
import dev.cofferdam.tickets.TicketDecision.Refuse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicketVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final LeaseTerms TERMS =
      new LeaseTerms(Duration.ofSeconds(30), Duration.ofMinutes(10), false);

  private final SandboxId sandbox = SandboxId.random();
  private final SessionId session = SessionId.random();
  private final WorkspaceId workspace = WorkspaceId.random();
  private final UserId user = UserId.random();
  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
  private final InstantSource clock = time::get;
  private TicketSigner signer;
  private TicketVerifier verifier;

  @BeforeEach
  void newKey() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    signer = new TicketSigner(pair.getPrivate());
    verifier = new TicketVerifier(pair.getPublic(), sandbox, workspace, clock, nanos::get);
  }

  @Test
  void admitsItsOwn() {
    Ticket ticket = ticket(TicketAction.OPEN);
    assertThat(verifier.decide(signer.sign(ticket), TicketAction.OPEN))
        .isEqualTo(new Admit(ticket));
  }

  @Test
  void isTheSameAfterItHasRehearsed() {
    verifier.rehearse();
    Ticket ticket = ticket(TicketAction.OPEN);
    assertThat(verifier.decide(signer.sign(ticket), TicketAction.OPEN))
        .isEqualTo(new Admit(ticket));
  }

  @Test
  void isAsOldAsItsSignatureToTheSecondBelow() {
    Ticket ticket = ticket(TicketAction.RENEW);
    assertThat(ticket.age(NOW.plusMillis(900))).isZero();
    assertThat(ticket.age(NOW.plusSeconds(20))).isEqualTo(Duration.ofSeconds(19));
    assertThat(ticket.age(NOW.minusSeconds(4))).as("a clock that is behind").isZero();
  }

  @Test
  void takesTermsWithAndWithoutStorage() {
    Ticket plain = ticket(TicketAction.RENEW);
    for (long bytes : new long[] {0, 5_000_000_000L, LeaseTerms.MOST_STORAGE_BYTES}) {
      Ticket told = with(TERMS.withStorage(bytes));
      assertThat(TicketCodec.decode(TicketCodec.encode(told))).isEqualTo(told);
    }
    assertThat(TicketCodec.decode(TicketCodec.encode(plain))).isEqualTo(plain);
    for (long bytes : new long[] {-1, LeaseTerms.MOST_STORAGE_BYTES + 1}) {
      assertThatThrownBy(() -> TERMS.withStorage(bytes))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void takesTermsWithEitherTimeoutAndBoth() {
    Optional<Duration> none = Optional.empty();
    for (Timeouts timeouts :
        new Timeouts[] {
          new Timeouts(Optional.of(Duration.ofMinutes(1)), none),
          new Timeouts(none, Optional.of(Duration.ofMinutes(60))),
          new Timeouts(Optional.of(Duration.ofMinutes(5)), Optional.of(Duration.ofMinutes(1)))
        }) {
      Ticket told = with(TERMS.withTimeouts(timeouts));
      assertThat(TicketCodec.decode(TicketCodec.encode(told))).isEqualTo(told);
      Ticket both = with(TERMS.withTimeouts(timeouts).withStorage(7));
      assertThat(TicketCodec.decode(TicketCodec.encode(both))).isEqualTo(both);
    }
  }

  @Test
  void aTimeoutIsASecondToAnHourAndNotShorterThanTheWarning() {
    for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofSeconds(3601)}) {
      assertThatThrownBy(() -> new Timeouts(Optional.of(wrong), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Timeouts(Optional.empty(), Optional.of(wrong)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Timeouts short59 = new Timeouts(Optional.empty(), Optional.of(Duration.ofSeconds(59)));
    assertThatThrownBy(() -> TERMS.withTimeouts(short59))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTheSameTicketTwice() {
    String open = signer.sign(ticket(TicketAction.OPEN));
    verifier.decide(open, TicketAction.OPEN);
    assertThat(refusal(open, TicketAction.OPEN)).isEqualTo(Refusal.REPLAYED);
  }

  @Test
  void refusesAnotherAction() {
    open();
    assertThat(refusal(signer.sign(ticket(TERMINAL)), TicketAction.LOCK))
        .isEqualTo(Refusal.OTHER_ACTION);
  }

  @Test
  void refusesAnotherSandbox() {
    Ticket other = with(SandboxId.random(), session, workspace, TicketAction.OPEN);
    assertThat(refusal(signer.sign(other), TicketAction.OPEN)).isEqualTo(Refusal.OTHER_SANDBOX);
  }

  @Test
  void refusesAnotherWorkspace() {
    Ticket other = with(sandbox, session, WorkspaceId.random(), TicketAction.OPEN);
    assertThat(refusal(signer.sign(other), TicketAction.OPEN)).isEqualTo(Refusal.OTHER_WORKSPACE);
  }

  @Test
  void refusesAnotherSessionOnceOpen() {
    open();
    Ticket other = with(sandbox, SessionId.random(), workspace, TERMINAL);
    assertThat(refusal(signer.sign(other), TERMINAL)).isEqualTo(Refusal.OTHER_SESSION);
  }

  @Test
  void refusesASecondOpening() {
    open();
    assertThat(refusal(signer.sign(ticket(TicketAction.OPEN)), TicketAction.OPEN))
        .isEqualTo(Refusal.OTHER_SESSION);
  }

  @Test
  void refusesTerminalsBeforeItIsOpen() {
    assertThat(refusal(signer.sign(ticket(TERMINAL)), TERMINAL)).isEqualTo(Refusal.OTHER_SESSION);
  }

  @Test
  void refusesWhatHasExpired() {
    String open = signer.sign(ticket(TicketAction.OPEN));
    time.set(NOW.plusSeconds(30));
    assertThat(refusal(open, TicketAction.OPEN)).isEqualTo(Refusal.EXPIRED);
  }

  @Test
  void refusesTheFuture() {
    String open = signer.sign(ticket(TicketAction.OPEN));
    time.set(NOW.minusSeconds(6));
    assertThat(refusal(open, TicketAction.OPEN)).isEqualTo(Refusal.NOT_YET_VALID);
  }

  @Test
  void refusesAnotherKey() throws Exception {
    KeyPair foreign = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String open = new TicketSigner(foreign.getPrivate()).sign(ticket(TicketAction.OPEN));
    assertThat(refusal(open, TicketAction.OPEN)).isEqualTo(Refusal.BAD_SIGNATURE);
  }

  @Test
  void refusesEveryChangedCharacter() {
    String open = signer.sign(ticket(TicketAction.OPEN));
    int lastOfSignature = open.length() - 1;
    for (int at = 0; at < lastOfSignature; at++) {
      char other = open.charAt(at) == 'A' ? 'B' : 'A';
      String changed = open.substring(0, at) + other + open.substring(at + 1);
      assertThat(verifier.decide(changed, TicketAction.OPEN)).isInstanceOf(Refuse.class);
    }
  }

  @Test
  void refusesWhatIsNoTicket() {
    for (String text : new String[] {"", ".", "..", "a.b.c", "x".repeat(5000)}) {
      assertThat(verifier.decide(text, TicketAction.OPEN)).isInstanceOf(Refuse.class);
    }
  }

  @Test
  void refusesWhenTooManyAreRemembered() {
    open();
    for (int i = 1; i < SpentTickets.CAPACITY; i++) {
      verifier.decide(signer.sign(ticket(TicketAction.RENEW)), TicketAction.RENEW);
    }
    assertThat(refusal(signer.sign(ticket(TicketAction.RENEW)), TicketAction.RENEW))
        .isEqualTo(Refusal.TOO_MANY);
  }

  @Test
  void aClockThatStepsForwardAndBackForgetsNothing() {
    open();
    String used = signer.sign(ticket(TERMINAL));
    assertThat(admits(used, TERMINAL)).isTrue();
    time.set(NOW.plusSeconds(3600));
    String meanwhile = signer.sign(at(TERMINAL, NOW.plusSeconds(3600)));
    assertThat(admits(meanwhile, TERMINAL)).isTrue();
    time.set(NOW.plusSeconds(1));
    assertThat(refusal(used, TERMINAL)).isEqualTo(Refusal.REPLAYED);
  }

  @Test
  void aClockThatStepsBackWhileTimePassesLetsNothingInAgain() {
    open();
    String used = signer.sign(ticket(TERMINAL));
    assertThat(admits(used, TERMINAL)).isTrue();
    pass(3600);
    time.set(NOW.plusSeconds(1));
    assertThat(refusal(used, TERMINAL)).as("forgotten").isEqualTo(Refusal.STALE);
    assertThat(admits(signer.sign(at(TERMINAL, NOW.plusSeconds(1))), TERMINAL))
        .as("what was given later")
        .isTrue();
  }

  @Test
  void aLockIsTakenWhateverTheClockSays() {
    open();
    time.set(NOW.plusSeconds(3600));
    assertThat(admits(signer.sign(at(TicketAction.RENEW, time.get())), TicketAction.RENEW))
        .isTrue();
    pass(60);
    time.set(NOW);
    assertThat(admits(signer.sign(ticket(TicketAction.LOCK)), TicketAction.LOCK)).isTrue();
  }

  @Test
  void takesALeaseThatComesLateOnceAndLeavesItToTheTakerToAddNothing() {
    open();
    String early = signer.sign(at(TicketAction.RENEW, NOW.plusSeconds(9)));
    String late = signer.sign(at(TicketAction.RENEW, NOW.plusSeconds(10)));
    String atOnce = signer.sign(at(TicketAction.RENEW, NOW.plusSeconds(10)));
    pass(10);
    assertThat(admits(late, TicketAction.RENEW)).isTrue();
    assertThat(admits(early, TicketAction.RENEW)).as("of another gateway, unspent").isTrue();
    assertThat(refusal(early, TicketAction.RENEW)).isEqualTo(Refusal.REPLAYED);
    assertThat(admits(atOnce, TicketAction.RENEW)).as("in the same second").isTrue();
  }

  @Test
  void isRenewedForHoursWithoutBeingStale() {
    open();
    for (int i = 0; i < 500; i++) {
      pass(10);
      assertThat(admits(signer.sign(at(TicketAction.RENEW, time.get())), TicketAction.RENEW))
          .isTrue();
      assertThat(admits(signer.sign(at(TERMINAL, time.get().minusSeconds(29))), TERMINAL)).isTrue();
    }
  }

  /** By both clocks. */
  private void pass(long seconds) {
    time.updateAndGet(now -> now.plusSeconds(seconds));
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private boolean admits(String text, TicketAction action) {
    return verifier.decide(text, action) instanceof Admit;
  }

  private Ticket at(TicketAction action, Instant issued) {
    return with(sandbox, session, workspace, action, issued);
  }

  private void open() {
    verifier.decide(signer.sign(ticket(TicketAction.OPEN)), TicketAction.OPEN);
  }

  private Refusal refusal(String text, TicketAction action) {
    return ((Refuse) verifier.decide(text, action)).refusal();
  }

  private Ticket ticket(TicketAction action) {
    return with(sandbox, session, workspace, action);
  }

  private Ticket with(LeaseTerms terms) {
    Ticket plain = ticket(TicketAction.RENEW);
    return new Ticket(
        plain.id(),
        plain.action(),
        sandbox,
        session,
        workspace,
        user,
        NOW,
        NOW.plusSeconds(30),
        Optional.of(terms));
  }

  private Ticket with(SandboxId box, SessionId ses, WorkspaceId tree, TicketAction action) {
    return with(box, ses, tree, action, NOW);
  }

  private Ticket with(
      SandboxId box, SessionId ses, WorkspaceId tree, TicketAction action, Instant issued) {
    boolean terms = action == TicketAction.OPEN || action == TicketAction.RENEW;
    return new Ticket(
        UUID.randomUUID().toString(),
        action,
        box,
        ses,
        tree,
        user,
        issued,
        issued.plusSeconds(30),
        terms ? Optional.of(TERMS) : Optional.empty());
  }
}
