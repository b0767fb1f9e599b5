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

  /** Unknown also for those from an older version. */
  @Nullable String subject;

  @Column(name = "issued_at")
  @Nullable Instant issuedAt;

  @Column(name = "expires_at")
  Instant expiresAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  ProviderLogout() {}

  /** Whether one named the session there that somebody comes from. */
  static boolean endsSessionOf(Identity who) {
    return who.session()
        .filter(sid -> count("issuer = ?1 and sid = ?2", who.issuer(), sid) > 0)
        .isPresent();
  }

  /** Whether one was for all that somebody has there, and made no earlier than their ID token. */
  static boolean endsAllOf(Identity who) {
    return who.issuedAt()
        .filter(
            made ->
                count(
                        "issuer = ?1 and subject = ?2 and sid is null and issuedAt >= ?3",
                        who.issuer(),
                        who.subject(),
                        made)
                    > 0)
        .isPresent();
  }

  /** What makes one unique. */
  public record Key(String issuer, String jti) implements Serializable {}
}
