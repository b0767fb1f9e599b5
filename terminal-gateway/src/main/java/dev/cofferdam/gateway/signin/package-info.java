// SPDX-License-Identifier: Apache-2.0
/**
 * Who a browser is: one cookie for it, access tokens for us. Cookies and tokens pass through and
 * are kept in memory only, the cookies as hashes; none is printed.
 */
@NullMarked
package dev.cofferdam.gateway.signin;

import org.jspecify.annotations.NullMarked;
