// SPDX-License-Identifier: Apache-2.0
/**
 * The small program that starts, lists and ends the sandboxes of one machine, under a system user
 * that no service shares. Whoever made a user namespace can look into it, therefore nothing else
 * runs as this user; and it knows no key and no token.
 */
@NullMarked
package dev.cofferdam.sandboxhost;

import org.jspecify.annotations.NullMarked;
