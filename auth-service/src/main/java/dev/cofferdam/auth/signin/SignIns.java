// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.secrets.SecretBytes;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Links and browser sessions. Every secret has 256 random bits and is stored as a hash. */
@ApplicationScoped
public class SignIns {
  static final Duration LINK_LIFE = Duration.ofMinutes(15);

  /** NIST SP 800-63B section 4.2.3: at most twelve hours, whatever happens. */
  static final Duration SESSION_LIFE = Duration.ofHours(12);

  private static final int SECRET_BYTES = 32;
  private static final int LONGEST_TEXT = 300;

  private final Outbox outbox;

  SignIns(Outbox outbox) {
    this.outbox = outbox;
  }

  /** What became of a link that somebody opened. */
  public sealed interface Outcome {
    /** The secret goes into a cookie and is never seen again here. */
    record SignedIn(BrowserSession session, String secret, Account account) implements Outcome {
      @Override
      public String toString() {
        return "SignedIn[" + session.id() + "]";
      }
    }

    /** Why not. */
    record Refused(Problem problem) implements Outcome {}
  }

  /** A signed-in browser and whose it is. */
  public record Known(BrowserSession session, Account account) {}

  /** A fresh link for the owner: its token, 43 characters of base64url. */
  @Transactional
  public String newLink() {
    Account owner = Account.<Account>findAll(Sort.by("createdAt")).firstResult();
    String token = newSecret();
    Link link = new Link();
    link.tokenHash = Hashes.of(token);
    link.accountId = owner.id;
    link.createdAt = Instant.now();
    link.expiresAt = link.createdAt.plus(LINK_LIFE);
    link.persist();
    return token;
  }

  /** Spends a link in one statement, so that of two who try at once one is refused. */
  @Transactional
  public Outcome signIn(String token, String userAgent, String address) {
    byte[] hash = Hashes.of(token);
    Instant now = Instant.now();
    int spent =
        Link.update(
            "spentAt = ?1 where tokenHash = ?2 and spentAt is null and expiresAt > ?1", now, hash);
    Optional<Link> link = Link.findByIdOptional(hash);
    if (spent == 0 || link.isEmpty()) {
      Problem problem = refusal(link, now);
      outbox.add(
          new SecurityEvent.Refused(UUID.randomUUID(), now, "link-refused", problem.slug(), ""));
      return new Outcome.Refused(problem);
    }
    return open(Account.findById(link.get().accountId), userAgent, address, now);
  }

  private static Problem refusal(Optional<Link> link, Instant now) {
    if (link.isPresent() && link.get().spentAt != null) {
      return gone("link-spent", "This link was used before");
    }
    if (link.isPresent() && !link.get().expiresAt.isAfter(now)) {
      return gone("link-expired", "This link has expired");
    }
    return gone("link-unknown", "This link is not known here");
  }

  private static Problem gone(String slug, String title) {
    return Problem.of(
        slug, 410, title, "A link works once, for 15 minutes. `./coffer link` prints a new one.");
  }

  private static Outcome open(Account account, String userAgent, String address, Instant now) {
    String secret = newSecret();
    BrowserSession session = new BrowserSession();
    session.id = UUID.randomUUID();
    session.secretHash = Hashes.of(secret);
    session.accountId = account.id;
    session.createdAt = now;
    session.expiresAt = now.plus(SESSION_LIFE);
    session.userAgent = cut(userAgent);
    session.address = cut(address);
    session.persist();
    return new Outcome.SignedIn(session, secret, account);
  }

  /** Whose secret this is, while it holds. */
  @Transactional
  public Optional<Known> find(String secret) {
    return BrowserSession.<BrowserSession>find(
            "secretHash = ?1 and endedAt is null and expiresAt > ?2",
            Hashes.of(secret),
            Instant.now())
        .firstResultOptional()
        .map(session -> new Known(session, Account.findById(session.accountId)));
  }

  /** Ends it; a secret that is not known ends nothing. */
  @Transactional
  public void signOut(String secret) {
    BrowserSession.update(
        "endedAt = ?1 where secretHash = ?2 and endedAt is null", Instant.now(), Hashes.of(secret));
  }

  private static String newSecret() {
    try (SecretBytes secret = SecretBytes.random(SECRET_BYTES)) {
      return secret.toBase64Url();
    }
  }

  private static String cut(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "");
    return clean.length() <= LONGEST_TEXT ? clean : clean.substring(0, LONGEST_TEXT);
  }
}
