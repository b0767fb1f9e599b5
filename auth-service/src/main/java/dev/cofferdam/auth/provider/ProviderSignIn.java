// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A sign-in that has gone to a provider: hashes of its state and of the browser's secret. */
@Entity
@Table(name = "provider_sign_in")
public class ProviderSignIn extends PanacheEntityBase {
  @Id
  @Column(name = "state_hash")
  byte[] stateHash;

  @Column(name = "browser_hash")
  byte[] browserHash;

  String provider;

  @Column(name = "expires_at")
  Instant expiresAt;

  String asker;

  @Column(name = "asker_site")
  String askerSite;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  ProviderSignIn() {}
}
