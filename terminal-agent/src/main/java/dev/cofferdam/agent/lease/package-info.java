// SPDX-License-Identifier: Apache-2.0
/**
 * When the agent must lock itself: lease, idle time and timeouts, by a monotonic clock. No secrets.
 */
@NullMarked
package dev.cofferdam.agent.lease;

import org.jspecify.annotations.NullMarked;
