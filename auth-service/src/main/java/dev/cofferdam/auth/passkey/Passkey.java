// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A credential of some authenticator: its public half, and how often it says it has signed. */
@Entity
@Table(name = "passkey")
public class Passkey extends PanacheEntityBase {
  @Id UUID id;

  /** As the authenticator calls it, in base64url. */
  @Column(name = "credential_id")
  String credentialId;

  @Column(name = "account_id")
  UUID accountId;

  String name;

  /** A COSE key, RFC 9052 section 7. */
  @Column(name = "public_key")
  byte[] publicKey;

  @Column(name = "sign_count")
  long signCount;

  UUID aaguid;

  /** Words with commas between them. */
  String transports;

  @Column(name = "backup_eligible")
  boolean backupEligible;

  @Column(name = "backed_up")
  boolean backedUp;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "last_used_at")
  @Nullable Instant lastUsedAt;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Passkey() {}

  List<String> transports() {
    return transports.isEmpty() ? List.of() : Arrays.asList(transports.split(",", -1));
  }

  /** How sign-ins, events and devices name it. */
  String credential() {
    return credential(id);
  }

  static String credential(UUID id) {
    return "passkey:" + id;
  }
}
