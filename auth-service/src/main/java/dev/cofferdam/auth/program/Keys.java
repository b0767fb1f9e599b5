// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.program;

import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.Hashes;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.auth.signin.Tenancy;
import dev.cofferdam.auth.token.AccessTokens;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.edge.Person;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** API keys: made, found, revoked. */
@ApplicationScoped
public class Keys {
  static final int MOST_OF_ONE_ACCOUNT = 100;
  static final Duration LONGEST_LIFE = Duration.ofDays(366);

  /** So that a busy program does not write a row for each request. */
  private static final Duration LAST_USE_IS_EXACT_TO = Duration.ofMinutes(1);

  private static final String METHOD = "api-key";
  private static final String REFUSED = "api-key-refused";

  private static final String REVOKE =
      "update api_key set revoked_at = :now where id = :id and revoked_at is null"
          + " returning sign_in";
  private static final String KEEP =
      "insert into ended_key_sign_in values (:signIn, :reason, :now) on conflict do nothing";
  private static final String FORGET =
      "delete from ended_key_sign_in where sign_in in (select sign_in from ended_key_sign_in"
          + " where ended_at < :before limit 100 for update skip locked)";
  private static final Duration REASON_IS_KEPT = Duration.ofDays(1);

  private static final String RENEW =
      "update api_key k set sign_in = gen_random_uuid()"
          + " from (select id, sign_in from api_key where id = :id for update) old"
          + " where k.id = old.id and k.revoked_at is null and k.expires_at > :now"
          + " returning old.sign_in";

  private final EntityManager database;
  private final Outbox outbox;
  private final SignIns signIns;
  private final Tenancy tenancy;
  private final InstantSource clock = InstantSource.system();

  Keys(EntityManager database, Outbox outbox, SignIns signIns, Tenancy tenancy) {
    this.database = database;
    this.outbox = outbox;
    this.signIns = signIns;
    this.tenancy = tenancy;
  }

  /** A key that was just made: {@code text} is shown once and not kept. */
  public record Made(ApiKey key, String text) {
    @Override
    public String toString() {
      return "Made[" + key.id() + "]";
    }
  }

  /** A key that a program showed and whose it is. */
  public record Known(ApiKey key, Account account) {
    /** As access tokens say it. */
    public AccessTokens.Bearer bearer() {
      return new AccessTokens.Bearer(
          account.user(),
          account.role(),
          key.signIn,
          METHOD,
          key.id().toString(),
          Optional.of(key.scope()));
    }
  }

  /** What somebody wants a key for; everything was checked but the number of their keys. */
  record Wanted(String name, Collection<Scope> scopes, Instant expiresAt) {}

  /**
   * API keys make none: only sign-ins of people are held here.
   *
   * @param asking a person, who was found to have the right
   * @throws ProblemException 409 {@code too-many-keys}; 401 if their sign-in has ended meanwhile
   */
  @Transactional
  public Made make(UserId whose, Person asking, Wanted wanted) {
    signIns.hold(asking);
    UserId by = asking.user();
    if (ApiKey.count("accountId = ?1 and revokedAt is null", whose.value())
        >= MOST_OF_ONE_ACCOUNT) {
      throw new ProblemException(
          Problem.of(
              "too-many-keys",
              409,
              "There are " + MOST_OF_ONE_ACCOUNT + " API keys already",
              "Revoke some that are no longer used."));
    }
    String text = KeyText.fresh();
    Instant now = clock.instant();
    ApiKey key = new ApiKey();
    key.id = UUID.randomUUID();
    key.secretHash = Hashes.of(text);
    key.accountId = whose.value();
    key.name = wanted.name();
    key.scope = wanted.scopes().stream().map(Scope::toString).collect(Collectors.joining(" "));
    key.createdAt = now;
    key.createdBy = by.value();
    key.expiresAt = wanted.expiresAt();
    key.signIn = key.id;
    key.persist();
    outbox.add(changed(key, by, "added", now));
    return new Made(key, text);
  }

  /** Those that still work or have expired, the newest first. */
  @Transactional
  public List<ApiKey> listOf(UserId whose) {
    return ApiKey.list(
        "accountId = ?1 and revokedAt is null", Sort.descending("createdAt", "id"), whose.value());
  }

  /** For changing several in one transaction: in the same order everywhere, or two may deadlock. */
  private static List<ApiKey> inOrder(UserId whose) {
    return ApiKey.list("accountId = ?1 and revokedAt is null", Sort.by("id"), whose.value());
  }

  @Transactional
  public Optional<ApiKey> find(UUID id) {
    return ApiKey.find("id = ?1 and revokedAt is null", id).firstResultOptional();
  }

  /** What was opened with it ends at once; of two who revoke, one does. */
  @Transactional
  public void revoke(ApiKey key, UserId by) {
    revoke(key, by, "key-revoked");
  }

  private void revoke(ApiKey key, UserId by, String reason) {
    Instant now = clock.instant();
    endedSignIn(REVOKE, key, now)
        .ifPresent(
            signIn -> {
              outbox.add(changed(key, by, "revoked", now));
              end(key, signIn, reason, now);
            });
  }

  /**
   * Revokes keys of everybody, also those from a replica whose clock is ahead.
   *
   * @return how many there were, at most as many as were asked for
   */
  @Transactional
  public int revokeSome(int most, UserId by, String reason) {
    List<ApiKey> some =
        ApiKey.<ApiKey>find("revokedAt is null and expiresAt > ?1", Sort.by("id"), clock.instant())
            .page(0, most)
            .list();
    some.forEach(key -> revoke(key, by, reason));
    return some.size();
  }

  /**
   * Ends what was opened with somebody's keys, and the tokens that are out, because what they may
   * has changed. The keys themselves go on, with a sign-in of which nothing was issued yet.
   */
  @Transactional
  public void endTokens(UserId whose, String reason) {
    Instant now = clock.instant();
    for (ApiKey key : inOrder(whose)) {
      endedSignIn(RENEW, key, now).ifPresent(old -> end(key, old, reason, now));
    }
  }

  /** In one statement: of two who end the same sign-in, one finds it. */
  private Optional<UUID> endedSignIn(String statement, ApiKey key, Instant now) {
    List<?> ended =
        database
            .createNativeQuery(statement, UUID.class)
            .setParameter("id", key.id)
            .setParameter("now", now)
            .getResultList();
    return ended.stream().findFirst().map(UUID.class::cast);
  }

  /** Revokes all of an account that is switched off. */
  @Transactional
  public void revokeAll(UserId whose, UserId by) {
    inOrder(whose).forEach(key -> revoke(key, by));
  }

  /** Whose key this is, while it works. */
  @Transactional
  public Optional<Known> recognise(String text) {
    if (!KeyText.isWellFormed(text)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return ApiKey.<ApiKey>find(
            "secretHash = ?1 and revokedAt is null and expiresAt > ?2", Hashes.of(text), now)
        .firstResultOptional()
        .map(key -> new Known(key, Account.findById(key.accountId)))
        .filter(known -> !known.account().isDisabled() && tenancy.admits(known.account()))
        .map(known -> used(known, now));
  }

  /** What there is to say of one that does not work: whose it is, if it is one. */
  @Transactional
  public Refusal refusalOf(String text) {
    if (!KeyText.isWellFormed(text)) {
      return Refusal.of(REFUSED, "no-key");
    }
    return ApiKey.<ApiKey>find("secretHash = ?1", Hashes.of(text))
        .firstResultOptional()
        .map(
            key ->
                Refusal.of(REFUSED, why(key))
                    .about(key.accountId.toString())
                    .by(key.user())
                    .with(key.id.toString()))
        .orElseGet(() -> Refusal.of(REFUSED, "key-unknown"));
  }

  private String why(ApiKey key) {
    if (key.revokedAt != null) {
      return "key-revoked";
    }
    return key.expiresAt.isAfter(clock.instant()) ? "account-disabled" : "key-expired";
  }

  private static Known used(Known known, Instant now) {
    ApiKey.update(
        "lastUsedAt = ?1 where id = ?2 and (lastUsedAt is null or lastUsedAt < ?3)",
        now,
        known.key().id,
        now.minus(LAST_USE_IS_EXACT_TO));
    return known;
  }

  /** Told, and kept for a day: who asks may ask before they have heard of it. */
  private void end(ApiKey key, UUID signIn, String reason, Instant now) {
    outbox.add(
        new SecurityEvent.SignInEnded(
            UUID.randomUUID(), now, key.user(), signIn, reason, METHOD, key.id.toString()));
    database
        .createNativeQuery(FORGET)
        .setParameter("before", now.minus(REASON_IS_KEPT))
        .executeUpdate();
    database
        .createNativeQuery(KEEP)
        .setParameter("signIn", signIn)
        .setParameter("reason", reason)
        .setParameter("now", now)
        .executeUpdate();
  }

  private static SecurityEvent changed(ApiKey key, UserId by, String what, Instant now) {
    return new SecurityEvent.CredentialChanged(
        UUID.randomUUID(), now, key.user(), by, METHOD, key.id.toString(), what);
  }
}
