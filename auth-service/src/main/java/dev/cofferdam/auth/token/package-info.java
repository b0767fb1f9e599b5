// SPDX-License-Identifier: Apache-2.0
/**
 * Access tokens, signed by Vault's transit engine, and the keys that verify them. No private key is
 * ever here.
 */
@NullMarked
package dev.cofferdam.auth.token;

import org.jspecify.annotations.NullMarked;
