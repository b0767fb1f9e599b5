// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks against a running product and its peers in the same run. Figures are for comparing
 * within one run: the machine's noise is in all of them.
 *
 * <p>Nothing here is called by the product. No secrets but the one-time link that it is given.
 */
@NullMarked
package dev.cofferdam.bench;

import org.jspecify.annotations.NullMarked;
