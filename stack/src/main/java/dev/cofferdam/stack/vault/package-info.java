// SPDX-License-Identifier: Apache-2.0
/**
 * The unseal key in memory, and what is done with it. The only package that keeps it: whoever lifts
 * a seal only passes it on.
 */
@NullMarked
package dev.cofferdam.stack.vault;

import org.jspecify.annotations.NullMarked;
