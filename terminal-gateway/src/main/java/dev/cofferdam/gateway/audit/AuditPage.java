// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest first.
 *
 * @param next {@code before} of the next page; null at the end
 */
public record AuditPage(List<AuditEntry> entries, @Nullable Long next) {}
