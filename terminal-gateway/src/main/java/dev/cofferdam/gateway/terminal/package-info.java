// SPDX-License-Identifier: Apache-2.0
/**
 * Terminals: made and listed through the agent, and their bytes between a browser and the agent.
 *
 * <p>A WebSocket is served by a plain handler on the router, not by websockets-next: that hides
 * pausing and the write queue, and without both nothing can push back in either direction. All of a
 * view runs on one event loop. Output is a terminal's content and is never looked at.
 */
@NullMarked
package dev.cofferdam.gateway.terminal;

import org.jspecify.annotations.NullMarked;
