// SPDX-License-Identifier: Apache-2.0
/**
 * The workspace's key on its way from Vault to gocryptfs. One thread, the one that opens. The only
 * package with a key in it.
 */
@NullMarked
package dev.cofferdam.agent.key;

import org.jspecify.annotations.NullMarked;
