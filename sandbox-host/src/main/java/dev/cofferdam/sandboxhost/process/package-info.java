// SPDX-License-Identifier: Apache-2.0
/**
 * Short commands of the system (chown, rm and the like inside a user namespace), run to their end.
 *
 * <p>Blocking; on the thread that asks. No secrets.
 */
@NullMarked
package dev.cofferdam.sandboxhost.process;

import org.jspecify.annotations.NullMarked;
