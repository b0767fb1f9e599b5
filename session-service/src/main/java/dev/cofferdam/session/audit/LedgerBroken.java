// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import java.time.Instant;

/**
 * Fired when the ledger is not what was written or signed, again each time that is seen.
 *
 * @param what is broken: {@code entry 17}, or {@code heads}
 * @param how in one line
 */
public record LedgerBroken(Instant at, String what, String how) {}
