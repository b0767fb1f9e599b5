// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.auth.refresh.RefreshResource.Pair;
import dev.cofferdam.auth.refresh.RefreshTokens;
import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.auth.signin.SignIns.Outcome.SignedIn;
import dev.cofferdam.auth.token.AccessTokens;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Signing in programs with SSH keys. The secret of such a sign-in is shown to nobody, so there is
 * no cookie for it: only its tokens stand for it.
 */
@ApplicationScoped
class ProgramSignIns {
  private static final long MOST_MILLIS = 1000;

  private final SshSignIns signIns;
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;

  ProgramSignIns(SshSignIns signIns, RefreshTokens refreshTokens, AccessTokens accessTokens) {
    this.signIns = signIns;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
  }

  record Tokens(Pair pair, Account account) {}

  /**
   * @throws ProblemException as {@link SshSignIns#signIn}, and 503 if no access token can be
   *     signed: then nothing was opened
   */
  Tokens signIn(UUID challengeId, String signature, SshSignIns.From from) {
    accessTokens.prepare();
    return signIns.signIn(challengeId, signature, from, this::tokens);
  }

  /** Vault signs while the database writes; nothing is committed without both. */
  private Tokens tokens(SignedIn signedIn) {
    SignIns.Known known = new SignIns.Known(signedIn.session(), signedIn.account());
    FutureTask<AccessTokens.Issued> signing =
        new FutureTask<>(() -> accessTokens.issueForGateway(known.bearer()));
    Thread.ofVirtual().name("sign-" + signedIn.session().id()).start(signing);
    RefreshTokens.Issued refresh = refreshTokens.first(signedIn.session());
    return new Tokens(Pair.of(await(signing), refresh), signedIn.account());
  }

  /** Not for long: a transaction is open, and somebody may want to revoke what it holds. */
  private static AccessTokens.Issued await(FutureTask<AccessTokens.Issued> signing) {
    try {
      return signing.get(MOST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ProblemException(Problem.late("Vault"), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
