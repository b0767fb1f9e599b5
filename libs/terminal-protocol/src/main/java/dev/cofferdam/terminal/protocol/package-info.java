// SPDX-License-Identifier: Apache-2.0
/**
 * The terminal protocol, version 1: what travels between a client, the gateway and a sandbox's
 * agent.
 *
 * <pre>
 * frame   = type payload            ; one binary WebSocket message each
 * framed  = length frame            ; on the agent's Unix socket: u32, bytes of the frame
 * type    = u8
 * str     = u16 length, UTF-8       ; all integers big-endian
 * </pre>
 *
 * <p>Values and a codec, no I/O, no threads. Frames with tickets and wrapping tokens redact
 * themselves when printed. Never edited after release: version 2 is a new package.
 */
@NullMarked
package dev.cofferdam.terminal.protocol;

import org.jspecify.annotations.NullMarked;
