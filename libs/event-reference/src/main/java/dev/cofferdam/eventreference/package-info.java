// SPDX-License-Identifier: Apache-2.0
/** What docs/events says of each event, written from the events' code. No secrets. */
@NullMarked
package dev.cofferdam.eventreference;

import org.jspecify.annotations.NullMarked;
