// SPDX-License-Identifier: Apache-2.0
/**
 * Workspace keys in Vault: made wrapped, granted wrapped, shredded. Wrapping tokens pass through
 * and are never stored.
 */
@NullMarked
package dev.cofferdam.workspace.key;

import org.jspecify.annotations.NullMarked;
