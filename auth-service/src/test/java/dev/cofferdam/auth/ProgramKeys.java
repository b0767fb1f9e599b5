// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import dev.cofferdam.identity.UserId;
import jakarta.persistence.EntityManager;
import java.util.UUID;

/** API keys with scopes that nobody is given by asking for them. */
final class ProgramKeys {
  private ProgramKeys() {}

  /** In the present transaction; its secret is nobody's. */
  static UUID insert(EntityManager database, UserId whose, String scope) {
    UUID id = UUID.randomUUID();
    database
        .createNativeQuery(
            "insert into api_key (id, secret_hash, account_id, name, scope, created_at, created_by,"
                + " expires_at, sign_in) values (:id, decode(:hash, 'hex'), :whose, 'a test', :scope, now(),"
                + " :whose, now() + interval '1 hour', :id)")
        .setParameter("id", id)
        .setParameter("hash", id.toString().replace("-", ""))
        .setParameter("whose", whose.value())
        .setParameter("scope", scope)
        .executeUpdate();
    return id;
  }
}
