// SPDX-License-Identifier: Apache-2.0
/**
 * Holders of secret bytes: redacted when printed, wiped when closed, compared in constant time.
 *
 * <p>{@code SecretBytes} keeps copies few and short; it cannot promise that the JVM made none: a
 * moving collector may leave old copies behind until the memory is used again. What must not even
 * be there is an {@code OffHeapSecret}.
 */
@NullMarked
package dev.cofferdam.secrets;

import org.jspecify.annotations.NullMarked;
