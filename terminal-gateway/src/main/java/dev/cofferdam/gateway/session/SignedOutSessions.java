// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.signin.BrowserEnded;
import dev.cofferdam.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Locks what a sign-in had opened when it ends, wherever and for whatever reason. */
@ApplicationScoped
class SignedOutSessions {
  private static final Logger LOG = Logger.getLogger(SignedOutSessions.class);

  private final OpenSessions open;
  private final Lock lock;

  SignedOutSessions(OpenSessions open, Lock lock) {
    this.open = open;
    this.lock = lock;
  }

  void ended(@Observes BrowserEnded.SignIn ended) {
    lockOpenedBy(ended.signIn());
  }

  private void lockOpenedBy(UUID signIn) {
    open.all().stream()
        .filter(session -> session.signIn().filter(signIn::equals).isPresent())
        .forEach(
            session ->
                Thread.ofVirtual().name("lock-" + session.id()).start(() -> lockOne(session)));
  }

  private void lockOne(OpenSession session) {
    try {
      lock.run(session);
    } catch (ProblemException e) {
      // Somebody else locks it, or the runtime is away and is asked again.
      LOG.infof("%s is locked elsewhere or later: %s", session.id(), e.problem().slug());
    }
  }
}
