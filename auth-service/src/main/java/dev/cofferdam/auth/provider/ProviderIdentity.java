// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Whose account a subject of an issuer is. */
@Entity
@Table(name = "provider_identity")
public class ProviderIdentity extends PanacheEntityBase {
  @Id UUID id;

  String issuer;

  String subject;

  String provider;

  @Column(name = "account_id")
  UUID accountId;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "last_used_at")
  Instant lastUsedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  ProviderIdentity() {}

  static Optional<ProviderIdentity> of(Identity who) {
    return ProviderIdentity.<ProviderIdentity>find(
            "issuer = ?1 and subject = ?2", who.issuer(), who.subject())
        .firstResultOptional();
  }
}
