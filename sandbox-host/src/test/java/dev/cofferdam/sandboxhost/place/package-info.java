// SPDX-License-Identifier: Apache-2.0
/** What a lock keeps of terminals, in real boxes. */
@NullMarked
package dev.cofferdam.sandboxhost.place;

import org.jspecify.annotations.NullMarked;
