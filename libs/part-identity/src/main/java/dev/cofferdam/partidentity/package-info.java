// SPDX-License-Identifier: Apache-2.0
/**
 * Who a part is to the other parts: a key that never leaves its process, and a certificate for it
 * from Vault's own authority, good for a day and renewed while the part runs. Every connection
 * between parts is TLS 1.3 with a certificate on both ends; what counts is the name in it, never
 * the address.
 *
 * <p>Keys are in memory only. Any thread may ask; one thread renews.
 */
@NullMarked
package dev.cofferdam.partidentity;

import org.jspecify.annotations.NullMarked;
