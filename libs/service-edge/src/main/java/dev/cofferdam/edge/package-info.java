// SPDX-License-Identifier: Apache-2.0
/**
 * How every service answers and whom it lets in: problems, callers, users. Caller credentials pass
 * through and are compared in constant time.
 */
@NullMarked
package dev.cofferdam.edge;

import org.jspecify.annotations.NullMarked;
