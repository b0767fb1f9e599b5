// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.refresh;

import dev.cofferdam.auth.refresh.RefreshStore.Shown;
import dev.cofferdam.auth.signin.BrowserSession;
import dev.cofferdam.auth.signin.Hashes;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.auth.signin.Tenancy;
import dev.cofferdam.auth.token.AccessTokens;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import dev.cofferdam.secrets.SecretBytes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * A sign-in of a program is a family of refresh tokens. Each is spent by one statement, so that of
 * any number who show the same one at once one gets the next; the others have shown a spent token,
 * which ends the family, as nobody can tell a thief from who was stolen from.
 */
@ApplicationScoped
public class RefreshTokens {
  private static final int SECRET_BYTES = 32;

  private final RefreshStore store;
  private final SignIns signIns;
  private final Tenancy tenancy;
  private final InstantSource clock = InstantSource.system();

  RefreshTokens(RefreshStore store, SignIns signIns, Tenancy tenancy) {
    this.store = store;
    this.signIns = signIns;
    this.tenancy = tenancy;
  }

  /** The next of a family; {@code token} is shown once and not kept. */
  public record Issued(String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "Issued[until " + expiresAt + "]";
    }
  }

  /** A sign-in that may be refreshed: whose, and until when, however often. */
  record Family(AccessTokens.Bearer bearer, Instant endsAt) {}

  /** The first of a sign-in that is opened in the present transaction. */
  @Transactional(TxType.MANDATORY)
  public Issued first(BrowserSession opened) {
    String token = fresh();
    store.addFirst(Hashes.of(token), opened.id(), clock.instant(), opened.expiresAt());
    return new Issued(token, opened.expiresAt());
  }

  /**
   * Whose token it is, while it is good, without spending it: an access token is signed before, so
   * that nothing is spent for one that can't be had.
   *
   * @param address from where it was shown, told of who is refused
   * @throws ProblemException 401 for one that is unknown, expired, of a sign-in that has ended, or
   *     spent, which ends the sign-in
   */
  @Transactional(TxType.NEVER)
  Family whoRefreshes(String token, String address) {
    return switch (store.find(Hashes.of(token), clock.instant())) {
      case Shown.Good good when tenancy.admits(good.accountName()) -> good.family();
      case Shown.Good good -> throw over(good.family().bearer().signIn(), address);
      case Shown.Over over -> throw over(over.signIn(), address);
      case Shown.Spent spent -> throw reused(spent.signIn(), address);
      case Shown.Unknown u -> throw signedOut("token-unknown", "", address);
    };
  }

  /**
   * Spends a token of {@link #whoRefreshes} for the next one.
   *
   * @param address as there
   * @throws ProblemException as there, for what has happened to it since
   */
  @Transactional(TxType.NEVER)
  Issued refresh(String token, Family family, String address) {
    String next = fresh();
    UUID signIn = family.bearer().signIn();
    return switch (store.spend(Hashes.of(token), Hashes.of(next), clock.instant())) {
      case NEXT -> new Issued(next, family.endsAt());
      case OVER -> throw over(signIn, address);
      case TAKEN -> throw reused(signIn, address);
    };
  }

  private static String fresh() {
    try (SecretBytes random = SecretBytes.random(SECRET_BYTES)) {
      return random.toBase64Url();
    }
  }

  private ProblemException over(UUID signIn, String address) {
    return signedOut("sign-in-over", signIn.toString(), address);
  }

  private ProblemException reused(UUID signIn, String address) {
    signIns.endReused(signIn);
    return signedOut("token-spent", signIn.toString(), address);
  }

  private ProblemException signedOut(String why, String family, String address) {
    return signIns.signedOut(Refusal.of("refresh-refused", why).about(family).from(address, ""));
  }
}
