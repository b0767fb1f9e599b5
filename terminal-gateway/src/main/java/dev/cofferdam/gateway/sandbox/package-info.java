// SPDX-License-Identifier: Apache-2.0
/**
 * Boxes and the agents in them. The port is {@link dev.cofferdam.gateway.sandbox.Sandboxes}; the
 * local runtime asks sandbox-host over its Unix socket. Tickets and wrapping tokens pass through
 * {@link dev.cofferdam.gateway.sandbox.AgentDoor} and are never printed. Blocks: virtual threads
 * only.
 */
@NullMarked
package dev.cofferdam.gateway.sandbox;

import org.jspecify.annotations.NullMarked;
