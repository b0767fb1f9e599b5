// SPDX-License-Identifier: Apache-2.0
/** Deletes what is over for so long that nobody asks for it: the rows of several packages. */
@NullMarked
package dev.cofferdam.auth.forgetting;

import org.jspecify.annotations.NullMarked;
