// SPDX-License-Identifier: Apache-2.0
/**
 * Refresh tokens for programs that a person signed in: each good once (RFC 9700 section 4.14.2).
 * They pass through; only hashes are stored.
 */
@NullMarked
package dev.cofferdam.auth.refresh;

import org.jspecify.annotations.NullMarked;
