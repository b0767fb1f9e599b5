// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Fact.Who;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What a rule has found, once or several times.
 *
 * @param number grows from alert to alert
 * @param entry the newest entry of the ledger that says it
 * @param delivery how the webhook was told
 */
record Alert(
    UUID id,
    long number,
    Rule rule,
    String about,
    long count,
    Instant firstAt,
    Instant lastAt,
    OptionalLong entry,
    Who who,
    String workspace,
    String subject,
    String detail,
    Optional<Closed> closed,
    Delivery delivery) {

  /** When and by whom. */
  record Closed(Instant at, UUID by) {}

  /** Whether the webhook has it. */
  enum Delivery {
    /** There is no webhook, or there was none, or too many waited. */
    NONE,
    WAITING,
    DELIVERED,
    GIVEN_UP
  }
}
