// SPDX-License-Identifier: Apache-2.0
/** The local stack: the program behind {@code ./coffer}. */
@NullMarked
package dev.cofferdam.stack;

import org.jspecify.annotations.NullMarked;
