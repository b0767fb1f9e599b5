// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** One after the other, until the end of the transaction: PostgreSQL's advisory locks. */
@ApplicationScoped
class Locks {
  private final EntityManager database;

  Locks(EntityManager database) {
    this.database = database;
  }

  /**
   * What concerns a person at a provider, and one session of theirs there: sign-ins and logouts,
   * which may know only one of the two. In this order, or two may deadlock.
   */
  void person(String issuer, Optional<String> subject, Optional<String> session) {
    subject.ifPresent(known -> lock("provider:" + issuer + "\n" + known));
    session.ifPresent(known -> lock("provider-session:" + issuer + "\n" + known));
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
