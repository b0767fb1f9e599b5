// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.Ticket;
import dev.cofferdam.tickets.TicketAction;
import dev.cofferdam.tickets.TicketSigner;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Signs tickets as session-service does. */
public final class TestTickets {
  /** Long enough for every test that is not about deadlines. */
  public static final LeaseTerms TERMS =
      new LeaseTerms(Duration.ofSeconds(30), Duration.ofMinutes(10), true);

  private final KeyPair keys;
  private final TicketSigner signer;

  public TestTickets() {
    try {
      keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    signer = new TicketSigner(keys.getPrivate());
  }

  /** The raw public key in base64, as sandbox-host is told it. */
  public String publicKey() {
    byte[] encoded = keys.getPublic().getEncoded();
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  public static Ticket ticket(Box box, SessionId session, TicketAction action, LeaseTerms terms) {
    boolean withTerms = action == TicketAction.OPEN || action == TicketAction.RENEW;
    Instant now = Instant.now();
    return new Ticket(
        UUID.randomUUID().toString(),
        action,
        box.sandbox(),
        session,
        box.workspace(),
        new UserId(UUID.randomUUID()),
        now,
        now.plusSeconds(Ticket.LONGEST_LIFE_SECONDS),
        withTerms ? Optional.of(terms) : Optional.empty());
  }

  public String sign(Ticket ticket) {
    return signer.sign(ticket);
  }

  public String sign(Box box, SessionId session, TicketAction action) {
    return sign(ticket(box, session, action, TERMS));
  }
}
