// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

/** One after the other, until the end of the transaction: PostgreSQL's advisory locks. */
@ApplicationScoped
class Locks {
  private final EntityManager database;

  Locks(EntityManager database) {
    this.database = database;
  }

  /** What concerns one person at a provider: sign-ins and logouts. */
  void subject(String issuer, String subject) {
    lock("provider:" + issuer + "\n" + subject);
  }

  /** Choosing a name that is free. */
  void names() {
    lock("account-names");
  }

  private void lock(String what) {
    database
        .createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(?1, 0)) as text)")
        .setParameter(1, what)
        .getSingleResult();
  }
}
