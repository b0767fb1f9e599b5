// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Ends here what ended at a provider, OpenID Connect Back-Channel Logout 1.0. */
@ApplicationScoped
class BackchannelLogout {
  private static final Logger LOG = Logger.getLogger(BackchannelLogout.class);

  /** A token is fresh for five minutes: that leaves room for some more tries. */
  private static final int AGAIN_AFTER_SECONDS = 20;

  private final Places places;
  private final SignIns signIns;
  private final EndedSessions ended;

  BackchannelLogout(Places places, SignIns signIns, EndedSessions ended) {
    this.places = places;
    this.signIns = signIns;
    this.ended = ended;
  }

  /**
   * Obeys a logout token; one that names no session of ours has nothing to end.
   *
   * @throws ProblemException 400 for what is no token of this provider for us, or was here before;
   *     503 while that can't be told: nothing has ended, and the provider should say it again
   */
  void obey(String provider, String token) {
    Place place = places.require(provider);
    if (!(place instanceof OidcPlace oidc)) {
      throw new ProblemException(Problem.notFound("provider"));
    }
    try {
      OidcPlace.Logout logout = oidc.logout(token);
      if (!ended.end(oidc.provider().issuer().toString(), logout)) {
        throw refused(provider, "logout-token-spent");
      }
    } catch (ProviderFailure e) {
      LOG.warnf("provider %s: logout: %s", provider, e.getMessage());
      throw e.kind() == ProviderFailure.Kind.AWAY
          ? unverified(place)
          : refused(provider, "logout-token");
    } catch (Misconfigured e) {
      LOG.errorf("provider %s: logout: %s", provider, e.getMessage());
      throw unverified(place);
    }
  }

  /**
   * Section 2.8 has 400 for a logout that failed too, but section 2.5 lets a provider send one
   * again only for what it takes for passing, and a 400 is final to all.
   */
  private static ProblemException unverified(Place place) {
    return new ProblemException(
        Problem.of(
                "provider-away",
                503,
                place.provider().common().name() + " does not answer",
                "Its keys can't be had, so the logout token can't be verified. Send it again.")
            .againAfter(AGAIN_AFTER_SECONDS));
  }

  private ProblemException refused(String provider, String why) {
    signIns.refused(Refusal.of("logout-refused", why).about(provider));
    return new ProblemException(
        Problem.of(
            "logout-token",
            400,
            "The logout token is not valid",
            "It must be signed by this provider for this client, fresh, and used once."));
  }
}
