// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which session at a provider a browser session hangs on. */
@Entity
@Table(name = "provider_session")
public class ProviderSession extends PanacheEntityBase {
  @Id
  @Column(name = "browser_session_id")
  UUID browserSessionId;

  @Column(name = "account_id")
  UUID accountId;

  String issuer;

  String subject;

  @Nullable String sid;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  ProviderSession() {}
}
