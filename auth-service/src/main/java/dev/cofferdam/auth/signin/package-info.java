// SPDX-License-Identifier: Apache-2.0
/**
 * Who may come in and who is in: one-time links and browser sessions. Their secrets pass through
 * and only hashes are stored.
 */
@NullMarked
package dev.cofferdam.auth.signin;

import org.jspecify.annotations.NullMarked;
