// SPDX-License-Identifier: Apache-2.0
/** When the agent must lock itself: lease and idle time, by the monotonic clock. No secrets. */
@NullMarked
package dev.cofferdam.agent.lease;

import org.jspecify.annotations.NullMarked;
