// SPDX-License-Identifier: Apache-2.0
/** Leases: renewed by the gateway for its sandboxes, and swept when nobody does. */
@NullMarked
package dev.cofferdam.session.lease;

import org.jspecify.annotations.NullMarked;
