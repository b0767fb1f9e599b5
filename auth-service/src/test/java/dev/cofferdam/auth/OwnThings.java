// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import dev.cofferdam.auth.signin.Account;
import dev.cofferdam.auth.signin.Method;
import dev.cofferdam.auth.signin.Proof;
import dev.cofferdam.auth.signin.SignIns;
import dev.cofferdam.identity.UserId;
import jakarta.persistence.EntityManager;
import java.util.UUID;

/** Things with an owner, one for each route that names one: real ones. In a transaction. */
enum OwnThings {
  API_KEY("/api-keys/{id}", "api_key where revoked_at is null"),
  DEVICE("/devices/{id}", "browser_session where ended_at is null"),
  NOTICE("/notices/{id}", "notice where true"),
  PASSKEY("/passkeys/{id}", "passkey where revoked_at is null"),
  SSH_KEY("/ssh-keys/{id}", "ssh_key where revoked_at is null");

  private final String path;
  private final String living;

  OwnThings(String path, String living) {
    this.path = path;
    this.living = living;
  }

  /**
   * @throws IllegalArgumentException for a route that nobody has a thing for yet
   */
  static OwnThings at(String path) {
    for (OwnThings kind : values()) {
      if (kind.path.equals(path)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("nothing with an owner is known at " + path);
  }

  UUID make(EntityManager database, SignIns signIns, Account owner) {
    return switch (this) {
      case API_KEY -> ProgramKeys.insert(database, owner.user(), "workspace.list");
      case DEVICE ->
          signIns.open(owner, Proof.of(Method.LINK, "", "phone", "127.0.0.1")).session().id();
      case NOTICE ->
          insert(
              database,
              owner.user(),
              "notice (id, account_id, at, kind, method, credential, address, user_agent) values"
                  + " (:id, :whose, now(), 'new-device', 'link', '', '', '')");
      case PASSKEY ->
          insert(
              database,
              owner.user(),
              "passkey (id, credential_id, account_id, name, public_key, sign_count, aaguid,"
                  + " transports, backup_eligible, backed_up, created_at) values (:id,"
                  + " cast(:id as text), :whose, 'a test', '', 0, :id, '', false, false, now())");
      case SSH_KEY ->
          insert(
              database,
              owner.user(),
              "ssh_key (id, account_id, name, type, fingerprint, public_key, created_at, added_by)"
                  + " values (:id, :whose, 'a test', 'ssh-ed25519', cast(:id as text), '', now(),"
                  + " :whose)");
    };
  }

  boolean isThere(EntityManager database, UUID id) {
    Number count =
        (Number)
            database
                .createNativeQuery("select count(*) from " + living + " and id = :id")
                .setParameter("id", id)
                .getSingleResult();
    return count.intValue() == 1;
  }

  private static UUID insert(EntityManager database, UserId whose, String row) {
    UUID id = UUID.randomUUID();
    database
        .createNativeQuery("insert into " + row)
        .setParameter("id", id)
        .setParameter("whose", whose.value())
        .executeUpdate();
    return id;
  }
}
