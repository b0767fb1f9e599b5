// SPDX-License-Identifier: Apache-2.0
/**
 * The audit ledger: every event becomes an entry, once; heads over the entries are signed every ten
 * seconds and told elsewhere. A session opens in the transaction that records it, so that without a
 * ledger no key is released; locking needs no ledger.
 *
 * <p>Entries come on the thread of the event loop and on those of requests, one at a time by a lock
 * of the database. No secrets: the key that signs stays in Vault.
 */
@NullMarked
package dev.cofferdam.session.audit;

import org.jspecify.annotations.NullMarked;
