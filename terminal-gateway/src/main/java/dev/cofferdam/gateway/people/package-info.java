// SPDX-License-Identifier: Apache-2.0
/**
 * People, their SSH keys and invitations, as pages see them: strict shapes in front of
 * auth-service, which decides. Tokens of invitations pass through once; nothing is kept.
 */
@NullMarked
package dev.cofferdam.gateway.people;

import org.jspecify.annotations.NullMarked;
