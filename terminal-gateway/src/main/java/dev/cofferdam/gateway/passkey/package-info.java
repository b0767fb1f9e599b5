// SPDX-License-Identifier: Apache-2.0
/**
 * Passkeys as the page sees them: signing in with one, and one's own. auth-service decides; nothing
 * is kept here.
 */
@NullMarked
package dev.cofferdam.gateway.passkey;

import org.jspecify.annotations.NullMarked;
