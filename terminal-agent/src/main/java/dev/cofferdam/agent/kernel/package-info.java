// SPDX-License-Identifier: Apache-2.0
/** The agent's own native calls, each behind a plain method. Any thread; no secret passes here. */
@NullMarked
package dev.cofferdam.agent.kernel;

import org.jspecify.annotations.NullMarked;
