// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.device;

import dev.cofferdam.gateway.signin.AuthPart;
import dev.cofferdam.gateway.signin.Browsers;
import dev.cofferdam.gateway.signin.Watched;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Asks twice a second whether the sign-ins still hold that something is open for. Events tell it
 * sooner; this is for when Kafka is slow or away, and for a gateway that was not there when they
 * were told. One question for all of them, {@value #MOST} at a time; none while nothing is open.
 */
@ApplicationScoped
class SignInWatch {
  private static final Logger LOG = Logger.getLogger(SignInWatch.class);
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final int MOST = 1000;

  private final List<Watched> watched;
  private final AuthPart auth;
  private final Browsers browsers;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sign-in-watch").factory());

  SignInWatch(@All List<Watched> watched, AuthPart auth, Browsers browsers) {
    this.watched = watched;
    this.auth = auth;
    this.browsers = browsers;
  }

  void start(@Observes StartupEvent event) {
    timer.scheduleWithFixedDelay(
        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  private void look() {
    try {
      List<UUID> all = watched.stream().flatMap(w -> w.signIns().stream()).distinct().toList();
      for (int from = 0; from < all.size(); from += MOST) {
        List<UUID> some = all.subList(from, Math.min(all.size(), from + MOST));
        auth.over(some).forEach(browsers::holdsNoLonger);
      }
    } catch (ProblemException e) {
      LOG.debugf("sign-ins are looked up later: %s", e.problem().slug());
    } catch (RuntimeException e) {
      LOG.errorf(e, "sign-ins could not be looked up");
    }
  }
}
