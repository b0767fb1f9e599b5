// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert as others see it. Texts are empty, never absent, where nothing is known.
 *
 * @param number grows from alert to alert
 * @param rule a stable word, for instance {@code many-refusals}
 * @param severity {@code warning} or {@code critical}
 * @param title the rule in plain words
 * @param about whom or what it concerns; {@code others} for what no longer has an alert each
 * @param count how often, from 1
 * @param entry the newest entry of the ledger that says it; null if the ledger itself is wrong
 * @param webhook {@code none}, {@code waiting}, {@code delivered} or {@code given-up}
 */
public record AlertAnswer(
    UUID id,
    long number,
    String rule,
    String severity,
    String title,
    String about,
    long count,
    String firstAt,
    String lastAt,
    @Nullable Long entry,
    String actor,
    String credential,
    String address,
    String workspace,
    String subject,
    String detail,
    @Nullable String closedAt,
    @Nullable UUID closedBy,
    String webhook) {

  static AlertAnswer of(Alert alert) {
    return new AlertAnswer(
        alert.id(),
        alert.number(),
        alert.rule().word(),
        alert.rule().severity().word(),
        alert.rule().title(),
        alert.about(),
        alert.count(),
        alert.firstAt().toString(),
        alert.lastAt().toString(),
        alert.entry().isPresent() ? alert.entry().getAsLong() : null,
        alert.who().actor(),
        alert.who().credential(),
        alert.who().address(),
        alert.workspace(),
        alert.subject(),
        alert.detail(),
        alert.closed().map(Alert.Closed::at).map(Instant::toString).orElse(null),
        alert.closed().map(Alert.Closed::by).orElse(null),
        alert.delivery().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
