// SPDX-License-Identifier: Apache-2.0
/**
 * The agent's Unix socket: a thread for each connection. Tickets and wrapping tokens pass through
 * and are never printed.
 */
@NullMarked
package dev.cofferdam.agent.door;

import org.jspecify.annotations.NullMarked;
