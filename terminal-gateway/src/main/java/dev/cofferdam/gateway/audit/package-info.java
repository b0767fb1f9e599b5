// SPDX-License-Identifier: Apache-2.0
/** The audit ledger, as owners and auditors read it. session-service keeps it and decides. */
@NullMarked
package dev.cofferdam.gateway.audit;

import org.jspecify.annotations.NullMarked;
