// SPDX-License-Identifier: Apache-2.0
/**
 * How much of the machine a box uses: from its control groups where they count it, else from what
 * proc(5) says of its processes. Looks only when asked. No threads, no secrets.
 */
@NullMarked
package dev.cofferdam.sandboxhost.meter;

import org.jspecify.annotations.NullMarked;
