// SPDX-License-Identifier: Apache-2.0
/**
 * Invitations: a link with which somebody makes their own account with a role that was chosen for
 * them. Its token is stored as a hash.
 */
@NullMarked
package dev.cofferdam.auth.invitation;

import org.jspecify.annotations.NullMarked;
