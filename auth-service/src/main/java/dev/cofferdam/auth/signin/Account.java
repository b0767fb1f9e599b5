// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A person. The first is the owner, made with the database. */
@Entity
@Table(name = "account")
public class Account extends PanacheEntityBase {
  @Id UUID id;

  String name;

  @Column(name = "created_at")
  Instant createdAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  Account() {}

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }
}
