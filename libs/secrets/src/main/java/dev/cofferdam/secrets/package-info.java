// SPDX-License-Identifier: Apache-2.0
/**
 * Holders of secret bytes: redacted when printed, wiped when closed, compared in constant time.
 *
 * <p>They keep copies few and short; they cannot promise that the JVM made none (a moving collector
 * may leave old copies behind until the memory is used again).
 */
@NullMarked
package dev.cofferdam.secrets;

import org.jspecify.annotations.NullMarked;
