// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.outbox;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.refusals.Look;
import dev.cofferdam.refusals.Looks;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Who is shown what is others' is told of first: where that can't be written nothing is shown. In a
 * transaction of its own, whatever becomes of the answer.
 */
@ApplicationScoped
public class LookRecords {
  private final Outbox outbox;
  private final InstantSource clock;
  private final Looks looks = new Looks();

  LookRecords(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  void take(@Observes Look look) {
    Instant now = clock.instant();
    if (looks.isTold(look, now)) {
      return;
    }
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                outbox.add(
                    new SecurityEvent.OthersSeen(
                        UUID.randomUUID(),
                        now,
                        look.what(),
                        look.whose(),
                        look.by(),
                        look.credential())));
    looks.tell(look, now);
  }
}
