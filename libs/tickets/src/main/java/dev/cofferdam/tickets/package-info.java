// SPDX-License-Identifier: Apache-2.0
/**
 * Tickets: session-service's signed, short-lived orders to one sandbox.
 *
 * <p>A terminal-agent trusts nobody for where he stands: it carries out a command only with a
 * ticket for its own sandbox and this very action. On the wire a ticket is a compact JWS (RFC 7515)
 * signed with Ed25519 (RFC 8037). The signer holds a private key; everything here is thread-safe.
 */
@NullMarked
package dev.cofferdam.tickets;

import org.jspecify.annotations.NullMarked;
