// SPDX-License-Identifier: Apache-2.0
/**
 * gocryptfs and the canary. The key passes through to gocryptfs's standard input and is not kept.
 */
@NullMarked
package dev.cofferdam.agent.mount;

import org.jspecify.annotations.NullMarked;
