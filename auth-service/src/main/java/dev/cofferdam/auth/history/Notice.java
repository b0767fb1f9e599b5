// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.history;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Something that a person should have done themselves, shown until they have seen it. */
@Entity
@Table(name = "notice")
public class Notice extends PanacheEntityBase {
  @Id UUID id;

  @Column(name = "account_id")
  UUID accountId;

  Instant at;

  String kind;

  String method;

  String credential;

  String address;

  @Column(name = "user_agent")
  String userAgent;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Notice() {}
}
