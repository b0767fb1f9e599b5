// SPDX-License-Identifier: Apache-2.0
/**
 * Where somebody was when their workspace locked: what each terminal showed, its directory and what
 * ran in it, kept in the encrypted tree out of the user's reach, brought back at the next unlock.
 * Terminal content passes through; it goes nowhere but into the mount. No keys.
 */
@NullMarked
package dev.cofferdam.agent.place;

import org.jspecify.annotations.NullMarked;
