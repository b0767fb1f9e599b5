// SPDX-License-Identifier: Apache-2.0
/**
 * Starts all parts in order of their needs, keeps them running, stops them. A thread for each part.
 */
@NullMarked
package dev.cofferdam.stack.run;

import org.jspecify.annotations.NullMarked;
