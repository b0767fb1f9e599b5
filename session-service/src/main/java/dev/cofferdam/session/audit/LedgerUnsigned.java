// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import java.time.Instant;

/**
 * Fired while no head can be signed and kept, for instance since Vault is away or sealed, again
 * each time that is tried.
 *
 * @param since when it last worked
 */
public record LedgerUnsigned(Instant at, Instant since) {}
