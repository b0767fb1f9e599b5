// SPDX-License-Identifier: Apache-2.0
/**
 * The parts and how each is started and known to be ready. Credentials of this start pass through.
 */
@NullMarked
package dev.cofferdam.stack.part;

import org.jspecify.annotations.NullMarked;
