// SPDX-License-Identifier: Apache-2.0
/** Tickets to agents, signed with a key that is held in memory alone. */
@NullMarked
package dev.cofferdam.session.ticket;

import org.jspecify.annotations.NullMarked;
