// SPDX-License-Identifier: Apache-2.0
/**
 * Where somebody is signed in, their history and notices, and what closes when a sign-in ends:
 * auth-service decides and remembers; here it is asked and carried out.
 */
@NullMarked
package dev.cofferdam.gateway.device;

import org.jspecify.annotations.NullMarked;
