// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A logout token that was obeyed. */
@Entity
@Table(name = "provider_logout")
@IdClass(ProviderLogout.Key.class)
public class ProviderLogout extends PanacheEntityBase {
  @Id String issuer;

  @Id String jti;

  @Nullable String sid;

  @Column(name = "expires_at")
  Instant expiresAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  ProviderLogout() {}

  /** What makes one unique. */
  public record Key(String issuer, String jti) implements Serializable {}
}
