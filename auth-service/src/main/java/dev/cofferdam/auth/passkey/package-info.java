// SPDX-License-Identifier: Apache-2.0
/**
 * Passkeys: Web Authentication Level 3, its ceremonies for registering (section 7.1) and signing in
 * (section 7.2). Public keys and challenges are stored; nothing here is secret but for the seconds
 * in which a challenge waits for its answer.
 */
@NullMarked
package dev.cofferdam.auth.passkey;

import org.jspecify.annotations.NullMarked;
