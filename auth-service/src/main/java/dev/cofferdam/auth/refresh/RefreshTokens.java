// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.refresh;

import dev.cofferdam.auth.signin.Hashes;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.secrets.SecretBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A sign-in of a program is a family of refresh tokens. Each is spent by one statement, so that of
 * any number who show the same one at once one gets the next; the others have shown a spent token,
 * which ends the family, as nobody can tell a thief from who was stolen from.
 */
@ApplicationScoped
public class RefreshTokens {
  private static final int SECRET_BYTES = 32;
  private static final String SPEND =
      "update refresh_token set spent_at = :now where token_hash = :hash and spent_at is null and"
          + " expires_at > :now returning sign_in";
  private static final String GOOD =
      "select sign_in from refresh_token where token_hash = :hash and spent_at is null and"
          + " expires_at > :now";
  private static final String FAMILY = "select sign_in from refresh_token where token_hash = :hash";
  private static final String KEEP =
      "insert into refresh_token (token_hash, sign_in, issued_at, expires_at)"
          + " values (:hash, :family, :now, :until)";

  private final EntityManager database;
  private final SignIns signIns;
  private final InstantSource clock = InstantSource.system();

  RefreshTokens(EntityManager database, SignIns signIns) {
    this.database = database;
    this.signIns = signIns;
  }

  /** The next of a family; {@code token} is shown once and not kept. */
  public record Issued(String token, SignIns.Known signIn) {
    @Override
    public String toString() {
      return "Issued[" + signIn.session().id() + "]";
    }
  }

  /**
   * Whose sign-in may become a program's by {@link #begin}.
   *
   * @throws ProblemException 401 for a secret that is not known
   */
  @Transactional
  public SignIns.Known whoBegins(String secret) {
    return signIns.find(secret).orElseThrow(() -> signIns.signedOut(signIns.refusalOf(secret)));
  }

  /**
   * Makes a fresh sign-in a program's: its cookie is worth nothing from now on.
   *
   * @throws ProblemException 401 for a secret that is not known
   */
  @Transactional
  public Issued begin(String secret) {
    SignIns.Known known = whoBegins(secret);
    signIns.withdrawCookie(known.session().id());
    return next(known);
  }

  /** What became of a token that somebody showed. */
  private sealed interface Shown {
    record Good(UUID family) implements Shown {}

    record Spent(UUID family) implements Shown {}

    record Unknown() implements Shown {}
  }

  /**
   * Whose token it is, while it is good, without spending it: an access token is signed before, so
   * that nothing is spent for one that can't be had.
   *
   * @param address from where it was shown, told of who is refused
   * @throws ProblemException 401 as {@link #refresh}
   */
  @Transactional(dontRollbackOn = ProblemException.class)
  public SignIns.Known whoRefreshes(String token, String address) {
    return known(show(GOOD, Hashes.of(token)), address);
  }

  /**
   * Spends a token for the next one.
   *
   * @param address from where it was shown, told of who is refused
   * @throws ProblemException 401 for one that is unknown, expired, of a sign-in that has ended, or
   *     spent, which ends the sign-in
   */
  @Transactional(dontRollbackOn = ProblemException.class)
  public Issued refresh(String token, String address) {
    return next(known(show(SPEND, Hashes.of(token)), address));
  }

  private SignIns.Known known(Shown shown, String address) {
    return switch (shown) {
      case Shown.Good good ->
          signIns
              .find(good.family())
              .orElseThrow(() -> signedOut("sign-in-over", good.family() + "", address));
      case Shown.Spent spent -> {
        signIns.endReused(spent.family());
        throw signedOut("token-spent", spent.family() + "", address);
      }
      case Shown.Unknown u -> throw signedOut("token-unknown", "", address);
    };
  }

  /** With a statement that finds the family of a token that is good. */
  private Shown show(String statement, byte[] hash) {
    List<?> good =
        database
            .createNativeQuery(statement, UUID.class)
            .setParameter("now", clock.instant())
            .setParameter("hash", hash)
            .getResultList();
    if (!good.isEmpty()) {
      return new Shown.Good((UUID) good.getFirst());
    }
    Optional<?> family =
        database
            .createNativeQuery(FAMILY, UUID.class)
            .setParameter("hash", hash)
            .getResultStream()
            .findFirst();
    return family.<Shown>map(id -> new Shown.Spent((UUID) id)).orElseGet(Shown.Unknown::new);
  }

  /** It ends with the sign-in, however often it is refreshed. */
  private Issued next(SignIns.Known known) {
    String token;
    try (SecretBytes random = SecretBytes.random(SECRET_BYTES)) {
      token = random.toBase64Url();
    }
    Instant now = clock.instant();
    database
        .createNativeQuery(KEEP)
        .setParameter("hash", Hashes.of(token))
        .setParameter("family", known.session().id())
        .setParameter("now", now)
        .setParameter("until", known.session().expiresAt())
        .executeUpdate();
    return new Issued(token, known);
  }

  private ProblemException signedOut(String why, String family, String address) {
    return signIns.signedOut(Refusal.of("refresh-refused", why).about(family).from(address, ""));
  }
}
