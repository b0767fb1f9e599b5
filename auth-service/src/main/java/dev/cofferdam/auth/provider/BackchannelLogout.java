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
   * @throws ProblemException 400 for what is no token of this provider for us, or was here before
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
    } catch (ProviderFailure | Misconfigured e) {
      LOG.warnf("provider %s: logout: %s", provider, e.getMessage());
      throw refused(provider, "logout-token");
    }
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
