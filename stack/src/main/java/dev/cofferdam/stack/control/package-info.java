// SPDX-License-Identifier: Apache-2.0
/**
 * How a later {@code ./coffer} command speaks with the one that runs: a Unix socket that only the
 * same user can open.
 */
@NullMarked
package dev.cofferdam.stack.control;

import org.jspecify.annotations.NullMarked;
