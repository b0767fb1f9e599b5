// SPDX-License-Identifier: Apache-2.0
/**
 * Security events of the gateway, which has no database: what it refused itself. Virtual threads;
 * no secrets.
 */
@NullMarked
package dev.cofferdam.auth.refusal;

import org.jspecify.annotations.NullMarked;
