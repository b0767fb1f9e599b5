// SPDX-License-Identifier: Apache-2.0
/**
 * How often somebody may try to sign in, by where they come from and as whom. In memory, bounded,
 * never a lock: the longest that anybody waits is {@link
 * dev.cofferdam.gateway.limit.Tries#LONGEST}.
 */
@NullMarked
package dev.cofferdam.gateway.limit;

import org.jspecify.annotations.NullMarked;
