// SPDX-License-Identifier: Apache-2.0
/**
 * The emergency stop, for owners: session-service lets nothing open and ends what is open,
 * auth-service ends every sign-in.
 */
@NullMarked
package dev.cofferdam.gateway.emergency;

import org.jspecify.annotations.NullMarked;
