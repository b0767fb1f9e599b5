// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.Fact.Who;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Who took the ledger with them is an entry of it. Where it can't be written it can still be read:
 * that is when somebody has to look.
 */
@ApplicationScoped
public class AuditReads {
  private static final Logger LOG = Logger.getLogger(AuditReads.class);

  private final Ledger ledger;
  private final InstantSource clock;

  AuditReads(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  void exported(Who who, String format) {
    try {
      QuarkusTransaction.requiringNew()
          .run(() -> ledger.append(List.of(Facts.exported(clock.instant(), who, format))));
    } catch (RuntimeException e) {
      LOG.warnf("an export by %s could not be recorded: %s", who.actor(), e.getMessage());
    }
  }
}
