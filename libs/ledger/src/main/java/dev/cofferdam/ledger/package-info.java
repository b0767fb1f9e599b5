// SPDX-License-Identifier: Apache-2.0
/**
 * The audit ledger's form: entries in hash chains and under one Merkle tree (RFC 9162), signed
 * heads, proofs, the signed end of an export, and what verifies one offline.
 *
 * <p>It guarantees that what a head has signed can't be changed, dropped, reordered or added to
 * without being found by whoever has the public key and the newest head. It does not say that what
 * was written was true, nor anything of entries that neither a head nor the end of an export has
 * signed yet.
 *
 * <p>No secrets, no threads, no database: who stores entries is somebody else.
 */
@NullMarked
package dev.cofferdam.ledger;

import org.jspecify.annotations.NullMarked;
