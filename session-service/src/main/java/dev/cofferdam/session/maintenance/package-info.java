// SPDX-License-Identifier: Apache-2.0
/** Lets nothing open, says why, and locks what is open at a time that was announced. */
@NullMarked
package dev.cofferdam.session.maintenance;

import org.jspecify.annotations.NullMarked;
