// SPDX-License-Identifier: Apache-2.0
/**
 * Signing in at somebody else's: OpenID Connect providers and GitHub, as the providers file names
 * them. Clients' secrets are held here and shown to their provider only; codes and tokens of
 * providers pass through and are never stored, printed or handed on.
 */
@NullMarked
package dev.cofferdam.auth.provider;

import org.jspecify.annotations.NullMarked;
