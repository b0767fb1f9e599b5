// SPDX-License-Identifier: Apache-2.0
/** Attacks on real boxes, from within the cell and from outside. */
@NullMarked
package dev.cofferdam.sandboxhost.attack;

import org.jspecify.annotations.NullMarked;
