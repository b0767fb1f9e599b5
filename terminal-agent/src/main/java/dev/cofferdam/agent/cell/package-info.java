// SPDX-License-Identifier: Apache-2.0
/**
 * The command lines of the cell and of each terminal in it: bubblewrap, nsenter, limits. No
 * secrets.
 */
@NullMarked
package dev.cofferdam.agent.cell;

import org.jspecify.annotations.NullMarked;
