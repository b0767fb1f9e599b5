// SPDX-License-Identifier: Apache-2.0
/**
 * The Unix socket where a gateway asks for boxes.
 *
 * <p>One virtual thread reads a connection, one writes to it, one works on each request; all are
 * counted. Peers are told by the kernel (SO_PEERCRED). No secrets.
 */
@NullMarked
package dev.cofferdam.sandboxhost.door;

import org.jspecify.annotations.NullMarked;
