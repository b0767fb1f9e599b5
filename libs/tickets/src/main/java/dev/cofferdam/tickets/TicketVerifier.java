// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.tickets.TicketDecision.Admit;
import dev.cofferdam.tickets.TicketDecision.Refusal;
import dev.cofferdam.tickets.TicketDecision.Refuse;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides over tickets presented to one sandbox.
 *
 * <p>The first admitted {@link TicketAction#OPEN} binds it to that ticket's session; from then on
 * tickets of another session are refused. Thread-safe.
 */
public final class TicketVerifier {
  private static final int SIGNATURE_BYTES = 64;
  private static final String NOT_WHOLE =
      "{\"iss\":\"session-service\",\"jti\":\"-\",\"act\":\"open\",\"iat\":1,\"fst\":true}";
  private static final int LONGEST_TICKET_CHARS = 2048;

  /** Both clocks are this host's or its cluster's; more skew than this is a fault or an attack. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final PublicKey key;
  private final SandboxId sandbox;
  private final WorkspaceId workspace;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final SpentTickets spent =
      new SpentTickets(Duration.ofSeconds(Ticket.LONGEST_LIFE_SECONDS).plus(SKEW));
  private volatile Optional<SessionId> session = Optional.empty();

  /**
   * @param clock what tickets' own times are compared with
   * @param nanos a clock that nobody sets, in nanoseconds
   */
  public TicketVerifier(
      PublicKey key,
      SandboxId sandbox,
      WorkspaceId workspace,
      InstantSource clock,
      LongSupplier nanos) {
    this.key = key;
    this.sandbox = sandbox;
    this.workspace = workspace;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Checks a signature of zeros, which is none, and reads a payload that is not whole: the first
   * time takes a new JVM up to 100 ms, and somebody will be waiting then.
   *
   * @throws IllegalStateException if either passes: nothing could be trusted then
   */
  public void rehearse() {
    String zeros = Base64.getUrlEncoder().encodeToString(new byte[SIGNATURE_BYTES]);
    if (signatureHolds(new String[] {TicketSigner.ENCODED_HEADER, "", zeros})) {
      throw new IllegalStateException("a signature that is none holds");
    }
    try {
      TicketCodec.decode(NOT_WHOLE.getBytes(US_ASCII));
    } catch (MalformedTicket e) {
      return;
    }
    throw new IllegalStateException("a payload that is not whole was taken");
  }

  /** Decides whether this text allows this action now; an admitted ticket is spent by that. */
  public TicketDecision decide(String text, TicketAction wanted) {
    try {
      String[] parts = split(text);
      if (!signatureHolds(parts)) {
        return new Refuse(Refusal.BAD_SIGNATURE);
      }
      return decide(TicketCodec.decode(decode(parts[1])), wanted);
    } catch (MalformedTicket e) {
      return new Refuse(Refusal.MALFORMED);
    }
  }

  private TicketDecision decide(Ticket ticket, TicketAction wanted) {
    Optional<Refusal> misplaced = misplaced(ticket, wanted);
    if (misplaced.isPresent()) {
      return new Refuse(misplaced.get());
    }
    return switch (spent.spend(ticket, nanos.getAsLong())) {
      case REPLAYED -> new Refuse(Refusal.REPLAYED);
      case FULL -> new Refuse(Refusal.TOO_MANY);
      // To lock twice does no harm, and must not depend on a clock.
      case STALE ->
          ticket.action() == TicketAction.LOCK ? new Admit(ticket) : new Refuse(Refusal.STALE);
      case FIRST_USE -> take(ticket);
    };
  }

  private synchronized TicketDecision take(Ticket ticket) {
    return switch (ticket.action()) {
      case OPEN -> bind(ticket);
      case RENEW, LOCK, TERMINAL -> new Admit(ticket);
    };
  }

  private TicketDecision bind(Ticket ticket) {
    if (session.isPresent()) {
      return new Refuse(Refusal.OTHER_SESSION);
    }
    session = Optional.of(ticket.session());
    return new Admit(ticket);
  }

  private Optional<Refusal> misplaced(Ticket ticket, TicketAction wanted) {
    Instant now = clock.instant();
    if (!ticket.sandbox().equals(sandbox)) {
      return Optional.of(Refusal.OTHER_SANDBOX);
    }
    if (!ticket.workspace().equals(workspace)) {
      return Optional.of(Refusal.OTHER_WORKSPACE);
    }
    if (ticket.action() != wanted) {
      return Optional.of(Refusal.OTHER_ACTION);
    }
    if (isOfAnotherSession(ticket)) {
      return Optional.of(Refusal.OTHER_SESSION);
    }
    if (ticket.issuedAt().isAfter(now.plus(SKEW))) {
      return Optional.of(Refusal.NOT_YET_VALID);
    }
    return now.isBefore(ticket.expiresAt()) ? Optional.empty() : Optional.of(Refusal.EXPIRED);
  }

  private boolean isOfAnotherSession(Ticket ticket) {
    Optional<SessionId> bound = session;
    if (bound.isEmpty()) {
      return ticket.action() != TicketAction.OPEN && ticket.action() != TicketAction.LOCK;
    }
    return !bound.get().equals(ticket.session());
  }

  private boolean signatureHolds(String[] parts) {
    if (!parts[0].equals(TicketSigner.ENCODED_HEADER)) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
      return signature.verify(decode(parts[2]));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String[] split(String text) {
    if (text.length() > LONGEST_TICKET_CHARS) {
      throw new MalformedTicket("too long");
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new MalformedTicket("not a compact JWS");
    }
    return parts;
  }

  private static byte[] decode(String part) {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw new MalformedTicket("not base64url");
    }
  }
}
