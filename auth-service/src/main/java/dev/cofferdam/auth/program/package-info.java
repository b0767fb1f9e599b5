// SPDX-License-Identifier: Apache-2.0
/**
 * Programs that act for people or have an account of their own: API keys and service accounts. A
 * key passes through once, when it is made; only its hash is stored.
 */
@NullMarked
package dev.cofferdam.auth.program;

import org.jspecify.annotations.NullMarked;
