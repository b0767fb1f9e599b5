// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.ticket;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.session.session.Session;
import dev.cofferdam.session.storage.Storage;
import dev.cofferdam.tickets.LeaseTerms;
import dev.cofferdam.tickets.Ticket;
import dev.cofferdam.tickets.TicketAction;
import dev.cofferdam.tickets.TicketKeys;
import dev.cofferdam.tickets.TicketSigner;
import dev.cofferdam.tickets.Timeouts;
import dev.cofferdam.vault.VaultJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signs tickets for agents. The key comes from Vault once and stays in memory, so that locking and
 * renewing go on while Vault is away.
 */
@ApplicationScoped
public class Tickets {
  private static final String EXPORT = "transit/export/signing-key/session-tickets";
  private static final int SEED_BYTES = 32;

  private final VaultJson vault;
  private final SessionConfig config;
  private final InstantSource clock;
  private final Storage storage;
  private volatile @Nullable TicketSigner signer;

  Tickets(VaultJson vault, SessionConfig config, InstantSource clock, Storage storage) {
    this.storage = storage;
    this.clock = clock;
    this.vault = vault;
    this.config = config;
  }

  public String open(Session session, boolean firstOpen) {
    return sign(session, TicketAction.OPEN, Optional.of(terms(session, firstOpen)));
  }

  public String renew(Session session) {
    return sign(session, TicketAction.RENEW, Optional.of(terms(session, false)));
  }

  public String lock(Session session) {
    return sign(session, TicketAction.LOCK, Optional.empty());
  }

  public String terminal(Session session) {
    return sign(session, TicketAction.TERMINAL, Optional.empty());
  }

  /** Each time anew: what the other workspaces take may have changed. */
  private LeaseTerms terms(Session session, boolean firstOpen) {
    LeaseTerms terms = terms(config, firstOpen);
    OptionalLong quota = session.quotaBytes();
    return quota.isEmpty()
        ? terms
        : terms.withStorage(storage.left(session.workspace(), session.user(), quota.getAsLong()));
  }

  /** As they are set, with no word on storage. */
  static LeaseTerms terms(SessionConfig config, boolean firstOpen) {
    Duration idle = Duration.ofSeconds(config.idleSeconds());
    Timeouts timeouts =
        new Timeouts(
            seconds(config.commandTimeoutSeconds()), seconds(config.mountTimeoutSeconds()));
    return new LeaseTerms(
        Duration.ofSeconds(config.leaseSeconds()),
        idle,
        seconds(config.warnSeconds())
            .orElseGet(() -> LeaseTerms.usualWarning(timeouts.shortest(idle))),
        Duration.ofSeconds(config.awaySeconds()),
        firstOpen,
        OptionalLong.empty(),
        timeouts);
  }

  private static Optional<Duration> seconds(OptionalInt given) {
    return given.isPresent() ? Optional.of(Duration.ofSeconds(given.getAsInt())) : Optional.empty();
  }

  private String sign(Session session, TicketAction action, Optional<LeaseTerms> terms) {
    Instant now = clock.instant();
    return signer()
        .sign(
            new Ticket(
                UUID.randomUUID().toString(),
                action,
                session.sandbox(),
                session.sessionId(),
                session.workspace(),
                session.user(),
                now,
                now.plusSeconds(Ticket.LONGEST_LIFE_SECONDS),
                terms));
  }

  /** Loads the key at the first call; called at start, so that it is there before Vault can go. */
  public TicketSigner signer() {
    TicketSigner known = signer;
    if (known == null) {
      known = load();
      signer = known;
    }
    return known;
  }

  private TicketSigner load() {
    if (vault.read(EXPORT).get("keys") instanceof Map<?, ?> keys && !keys.isEmpty()) {
      TreeMap<Integer, String> versions = new TreeMap<>();
      keys.forEach((v, key) -> versions.put(Integer.parseInt(v.toString()), key.toString()));
      // Go writes an Ed25519 private key as seed and public key, 64 bytes.
      byte[] exported = Base64.getDecoder().decode(versions.lastEntry().getValue());
      byte[] seed = Arrays.copyOf(exported, SEED_BYTES);
      try {
        return new TicketSigner(TicketKeys.privateKey(seed));
      } finally {
        Arrays.fill(exported, (byte) 0);
        Arrays.fill(seed, (byte) 0);
      }
    }
    throw new ProblemException(Problem.unavailable("Vault"));
  }
}
