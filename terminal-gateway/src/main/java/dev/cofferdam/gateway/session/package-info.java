// SPDX-License-Identifier: Apache-2.0
/**
 * The open time of a workspace from unlock to lock, as a whole: box, grant, agent, leases, and what
 * is found again after a restart. Tickets and wrapping tokens pass through unlock and lock and are
 * never kept or printed. Virtual threads; the registry is shared and thread-safe.
 */
@NullMarked
package dev.cofferdam.gateway.session;

import org.jspecify.annotations.NullMarked;
