// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.audit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a rule has found, once or several times. Texts are empty, never absent, where nothing is
 * known.
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
@Schema(name = "Alert")
public record AlertAnswer(
    String id,
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
    @Nullable String closedBy,
    String webhook) {}
