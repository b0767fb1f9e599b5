// SPDX-License-Identifier: Apache-2.0
/**
 * Processes of parts: how they are started, what they say, how they end. Handed-over secrets go to
 * standard input and nowhere else.
 */
@NullMarked
package dev.cofferdam.stack.process;

import org.jspecify.annotations.NullMarked;
