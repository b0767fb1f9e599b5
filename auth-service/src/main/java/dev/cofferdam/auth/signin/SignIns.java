// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import dev.cofferdam.auth.token.AccessTokens;
import dev.cofferdam.edge.Person;
import dev.cofferdam.edge.RefusedException;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.secrets.SecretBytes;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Links and browser sessions. Every secret has 256 random bits and is stored as a hash. */
@ApplicationScoped
public class SignIns {
  static final Duration LINK_LIFE = Duration.ofMinutes(15);

  /** NIST SP 800-63B section 4.2.3: at most twelve hours, whatever happens. */
  static final Duration SESSION_LIFE = Duration.ofHours(12);

  private static final int SECRET_BYTES = 32;
  private static final int LONGEST_TEXT = 300;
  private static final int AT_ONCE = 200;

  /** How old "last seen" may be before it is written again. */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private final Outbox outbox;
  private final SignInEnds ends;
  private final Tenancy tenancy;
  private final Event<Refusal> refusals;

  SignIns(Outbox outbox, SignInEnds ends, Tenancy tenancy, Event<Refusal> refusals) {
    this.outbox = outbox;
    this.ends = ends;
    this.tenancy = tenancy;
    this.refusals = refusals;
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
  public record Known(BrowserSession session, Account account) {
    /** As access tokens say it. */
    public AccessTokens.Bearer bearer() {
      return new AccessTokens.Bearer(
          account.user(),
          account.role(),
          session.id(),
          session.method(),
          session.credential(),
          Optional.empty());
    }
  }

  /** A fresh link: its token, 43 characters of base64url. */
  @Transactional(TxType.MANDATORY)
  String newLink(Account whose) {
    String token = newSecret();
    Link link = new Link();
    link.tokenHash = Hashes.of(token);
    link.accountId = whose.id;
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
      refused(
          Refusal.of("link-refused", problem.slug())
              .about(link.map(known -> known.accountId.toString()).orElse(""))
              .from(address, userAgent));
      return new Outcome.Refused(problem);
    }
    return open(
        Account.findById(link.get().accountId), Proof.of(Method.LINK, "", userAgent, address));
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

  /**
   * Signs somebody in who has proved who they are. The only place that does; call it inside a
   * transaction, in which the proof was spent.
   *
   * @throws ProblemException 403 {@code account-disabled}
   */
  @Transactional(TxType.MANDATORY)
  public Outcome.SignedIn open(Account account, Proof proof) {
    if (!isOn(account)) {
      refused(
          Refusal.of(proof.method().wireName() + "-refused", "account-disabled")
              .about(account.id.toString())
              .by(account.user())
              .with(proof.credential())
              .from(proof.address(), proof.userAgent()));
      throw switchedOff();
    }
    Instant now = Instant.now();
    String secret = newSecret();
    BrowserSession session = session(account, proof, now);
    session.secretHash = Hashes.of(secret);
    session.persistAndFlush();
    ends.makeRoom(account);
    outbox.add(
        new SecurityEvent.SignedIn(
            UUID.randomUUID(),
            now,
            account.user(),
            session.id,
            session.method,
            session.credential,
            session.address));
    return new Outcome.SignedIn(session, secret, account);
  }

  /**
   * @throws ProblemException 403 {@code account-disabled} if nobody may be signed in to it
   */
  void requireOn(Account account) {
    if (!isOn(account)) {
      throw switchedOff();
    }
  }

  private boolean isOn(Account account) {
    return !account.isDisabled() && account.isPerson() && tenancy.admits(account);
  }

  private static ProblemException switchedOff() {
    return new ProblemException(
        Problem.of(
            "account-disabled",
            403,
            "This account is switched off",
            "Ask an owner of this server to switch it on again."));
  }

  private static BrowserSession session(Account account, Proof proof, Instant now) {
    Instant longest = now.plus(SESSION_LIFE);
    BrowserSession session = new BrowserSession();
    session.id = UUID.randomUUID();
    session.accountId = account.id;
    session.createdAt = now;
    session.lastSeenAt = now;
    session.expiresAt = proof.notAfter().filter(longest::isAfter).orElse(longest);
    session.userAgent = cut(proof.userAgent());
    session.address = cut(proof.address());
    session.method = proof.method().wireName();
    session.credential = cut(proof.credential());
    return session;
  }

  /** It will be told, whatever becomes of the caller's transaction; nobody waits for that. */
  public void refused(Refusal refusal) {
    refusals.fire(refusal);
  }

  /** The same, as the answer to somebody who showed a secret that is none or no longer one. */
  public ProblemException signedOut(Refusal refusal) {
    refused(refusal);
    return new ProblemException(Problem.signedOut());
  }

  /** What there is to say of a cookie that is not good: whose it was, if it was one. */
  @Transactional
  public Refusal refusalOf(String secret) {
    Refusal refusal = Refusal.of("cookie-refused", "not-known");
    return BrowserSession.<BrowserSession>find("secretHash = ?1", Hashes.of(secret))
        .firstResultOptional()
        .map(
            session ->
                Refusal.of("cookie-refused", "sign-in-over")
                    .about(session.accountId.toString())
                    .with(session.credential))
        .orElse(refusal);
  }

  /** Whose secret this is, while it holds. */
  @Transactional
  public Optional<Known> find(String secret) {
    Optional<Known> known = lookUp(secret);
    known.ifPresent(k -> seen(k.session()));
    return known;
  }

  private static void seen(BrowserSession session) {
    Instant now = Instant.now();
    if (session.lastSeenAt.plus(SEEN_EVERY).isBefore(now)) {
      BrowserSession.update("lastSeenAt = ?1 where id = ?2", now, session.id);
    }
  }

  private Optional<Known> lookUp(String secret) {
    return BrowserSession.<BrowserSession>find(
            "secretHash = ?1 and endedAt is null and expiresAt > ?2",
            Hashes.of(secret),
            Instant.now())
        .firstResultOptional()
        .map(session -> new Known(session, Account.findById(session.accountId)))
        .filter(known -> !known.account().isDisabled() && tenancy.admits(known.account()));
  }

  /** The sign-in of this id and whose it is, while it holds. */
  @Transactional
  public Optional<Known> find(UUID signIn) {
    return BrowserSession.<BrowserSession>find(
            "id = ?1 and endedAt is null and expiresAt > ?2", signIn, Instant.now())
        .firstResultOptional()
        .map(session -> new Known(session, Account.findById(session.accountId)))
        .filter(known -> !known.account().isDisabled() && tenancy.admits(known.account()));
  }

  /**
   * Keeps the sign-in of whoever asks from ending before the present transaction has: what that
   * makes is there for whoever ends the sign-in and then revokes what was made with it.
   *
   * @throws RefusedException 401 {@code signed-out} if it has ended since they were let in
   */
  @Transactional(TxType.MANDATORY)
  public void hold(Person asking) {
    if (BrowserSession.<BrowserSession>find(
            "id = ?1 and endedAt is null and expiresAt > ?2", asking.signIn(), Instant.now())
        .withLock(LockModeType.PESSIMISTIC_READ)
        .firstResultOptional()
        .isEmpty()) {
      throw new RefusedException(
          Problem.signedOut(),
          Refusal.of("access-token-refused", "sign-in-over")
              .by(asking.user())
              .with(asking.credential()));
    }
  }

  /** Somebody has shown a token of it that was spent: one of two is a thief. */
  @Transactional
  public void endReused(UUID signIn) {
    int ended = ends.end(SignInEnds.held("id = ?2", signIn), "refresh-token-reused");
    if (ended > 0) {
      outbox.add(
          new SecurityEvent.Refused(
              UUID.randomUUID(),
              Instant.now(),
              "refresh-refused",
              "refresh-token-reused",
              signIn.toString()));
    }
  }

  /** Ends it; a secret that is not known ends nothing. */
  @Transactional
  public void signOut(String secret) {
    ends.end(SignInEnds.held("secretHash = ?2", Hashes.of(secret)), "signed-out");
  }

  /**
   * Ends one sign-in of somebody.
   *
   * @return whether there was one
   */
  @Transactional
  public boolean end(UUID browserSession, UserId whose, String reason) {
    return ends.end(
            SignInEnds.held("id = ?2 and accountId = ?3", browserSession, whose.value()), reason)
        > 0;
  }

  /** Ends all sign-ins of somebody, but for one if it is named. */
  @Transactional
  public int endAll(UserId whose, Optional<UUID> except, String reason) {
    return ends.end(
        SignInEnds.held("accountId = ?2", whose.value()).stream()
            .filter(s -> except.filter(s.id::equals).isEmpty())
            .toList(),
        reason);
  }

  /**
   * Ends all sign-ins of everybody that hold now. Call outside of a transaction: they end {@value
   * #AT_ONCE} at a time, so that the first are told of while the last still wait their turn.
   */
  public int endAllOfEverybody(String reason) {
    AtomicInteger ended = new AtomicInteger();
    Rounds.untilFew(
        AT_ONCE, () -> QuarkusTransaction.requiringNew().call(() -> endSome(reason, ended)));
    return ended.get();
  }

  /** Not only those made until now: another replica's clock may be ahead. */
  private int endSome(String reason, AtomicInteger ended) {
    List<BrowserSession> some = SignInEnds.some(AT_ONCE);
    ended.addAndGet(ends.end(some, reason));
    return some.size();
  }

  /** Ends what was opened with a credential that is no longer good. */
  @Transactional
  public int endOpenedBy(UserId whose, Method method, String credential, String reason) {
    return ends.end(
        SignInEnds.held(
            "accountId = ?2 and method = ?3 and credential = ?4",
            whose.value(),
            method.wireName(),
            credential),
        reason);
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
