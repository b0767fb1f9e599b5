// SPDX-License-Identifier: Apache-2.0
/** Terminals of real boxes, through the agent's socket. */
@NullMarked
package dev.cofferdam.sandboxhost.terminal;

import org.jspecify.annotations.NullMarked;
