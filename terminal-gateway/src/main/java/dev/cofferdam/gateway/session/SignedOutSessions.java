// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.signin.BrowserEnded;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Locks what a sign-in had opened when it ends, wherever, and says for what reason. */
@ApplicationScoped
class SignedOutSessions {
  private static final Logger LOG = Logger.getLogger(SignedOutSessions.class);

  /** As auth-service says it of sign-ins that end with an account. */
  private static final String SWITCHED_OFF = "account-disabled";

  private final OpenSessions open;
  private final Lock lock;

  SignedOutSessions(OpenSessions open, Lock lock) {
    this.open = open;
    this.lock = lock;
  }

  void ended(@Observes BrowserEnded.SignIn ended) {
    lockAll(session -> session.signIn().filter(ended.signIn()::equals).isPresent(), ended.reason());
  }

  /** All that is open for them at once, whatever it was opened with. */
  void switchedOff(@Observes BrowserEnded.Everywhere changed) {
    if (changed.isSwitchedOff()) {
      lockAll(session -> session.user().equals(changed.user()), SWITCHED_OFF);
    }
  }

  private void lockAll(Predicate<OpenSession> which, String reason) {
    open.all().stream()
        .filter(which)
        .forEach(
            session ->
                Thread.ofVirtual()
                    .name("lock-" + session.id())
                    .start(() -> lockOne(session, reason)));
  }

  private void lockOne(OpenSession session, String reason) {
    try {
      lock.run(session, reason);
    } catch (ProblemException e) {
      // Somebody else locks it, or the runtime is away and is asked again.
      LOG.infof("%s is locked elsewhere or later: %s", session.id(), e.problem().slug());
    }
  }
}
