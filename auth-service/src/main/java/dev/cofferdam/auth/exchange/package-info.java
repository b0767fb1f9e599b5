// SPDX-License-Identifier: Apache-2.0
/**
 * What the gateway was shown, a cookie or a program's key, against an access token for one service.
 * Secrets pass through; none is kept or logged.
 */
@NullMarked
package dev.cofferdam.auth.exchange;

import org.jspecify.annotations.NullMarked;
