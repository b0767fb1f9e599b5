// SPDX-License-Identifier: Apache-2.0
/**
 * Who and what is spoken of: the ids of users, workspaces, sessions and sandboxes, and the roles of
 * users.
 *
 * <p>Values only: no I/O, no threads, no secrets. Every id is a UUID that a service made; none is
 * ever chosen by a client.
 */
@NullMarked
package dev.cofferdam.identity;

import org.jspecify.annotations.NullMarked;
