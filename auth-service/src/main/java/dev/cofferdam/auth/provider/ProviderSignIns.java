// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.share.Asker;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.jboss.logging.Logger;

/** Signing in at a provider, from the first click to the session. Blocks. */
@ApplicationScoped
class ProviderSignIns {
  private static final Logger LOG = Logger.getLogger(ProviderSignIns.class);
  private static final String REFUSED = "provider-refused";

  private final Places places;
  private final PendingSignIns pending;
  private final Membership membership;
  private final ProviderAccounts accounts;
  private final SignIns signIns;

  ProviderSignIns(
      Places places,
      PendingSignIns pending,
      Membership membership,
      ProviderAccounts accounts,
      SignIns signIns) {
    this.membership = membership;
    this.places = places;
    this.pending = pending;
    this.accounts = accounts;
    this.signIns = signIns;
  }

  /** Which browser, and from where; its secret is the one in its cookie for sign-ins elsewhere. */
  record From(String browserSecret, String userAgent, String address) {
    /** That this one was refused. */
    Refusal refusal(String why) {
      return Refusal.of(REFUSED, why).from(address, userAgent);
    }

    @Override
    public String toString() {
      return "From[" + address + "]";
    }
  }

  /**
   * Where the browser has to go.
   *
   * @param address from where it asks
   * @throws ProblemException 404, 429, 502 or 503
   */
  URI begin(String provider, String browserSecret, String address) {
    Place place = places.require(provider);
    Handshake handshake = Handshake.begin(browserSecret);
    try {
      URI there = place.start(handshake);
      pending.add(place.provider(), browserSecret, handshake.state(), Asker.at(address));
      return there;
    } catch (ProviderFailure e) {
      throw problem(place, e, new From(browserSecret, "", address));
    } catch (Misconfigured e) {
      throw misconfigured(e);
    }
  }

  /**
   * Signs in whoever comes back.
   *
   * @throws ProblemException 403, 404, 410, 502 or 503
   */
  SignIns.Outcome.SignedIn finish(String provider, Callback callback, From from) {
    Place place = places.require(provider);
    PendingSignIns.Outcome taken =
        pending.take(place.provider(), from.browserSecret(), callback.state());
    if (taken != PendingSignIns.Outcome.TAKEN) {
      signIns.refused(from.refusal(taken.word()).about(place.provider().id()));
      throw new ProblemException(
          Problem.of(
              "sign-in-expired",
              410,
              "This sign-in is over",
              "It took too long, was used before or began in another browser. Begin again."));
    }
    Identity who = identify(place, callback, from);
    membership.obey(place.provider(), who);
    return accounts.open(place.provider(), who, from);
  }

  private Identity identify(Place place, Callback callback, From from) {
    try {
      return place.identify(callback, Handshake.of(from.browserSecret(), callback.state()));
    } catch (ProviderFailure e) {
      throw problem(place, e, from);
    } catch (Misconfigured e) {
      throw misconfigured(e);
    }
  }

  private ProblemException problem(Place place, ProviderFailure e, From from) {
    String name = place.provider().common().name();
    LOG.warnf("provider %s: %s", place.provider().id(), e.getMessage());
    return new ProblemException(
        switch (e.kind()) {
          case AWAY ->
              Problem.of(
                  "provider-away",
                  503,
                  name + " does not answer",
                  "Try again in a minute, or use another way to sign in.");
          case WRONG -> {
            signIns.refused(from.refusal("wrong-answer").about(place.provider().id()));
            yield Problem.of(
                "provider-answer",
                502,
                "The answer of " + name + " could not be trusted",
                "Begin again. If it stays like this, tell an owner of this server.");
          }
          case REFUSED -> {
            signIns.refused(from.refusal("not-given").about(place.provider().id()));
            yield Problem.of(
                "provider-refused",
                403,
                name + " did not sign you in",
                "Begin again, or use another way to sign in.");
          }
        });
  }

  private static ProblemException misconfigured(Misconfigured e) {
    LOG.error(e.getMessage());
    return new ProblemException(
        Problem.of(
            "provider-answer",
            502,
            "A provider is not set up right",
            "An owner of this server finds the reason in the log of auth-service."));
  }
}
