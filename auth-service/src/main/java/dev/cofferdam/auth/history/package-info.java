// SPDX-License-Identifier: Apache-2.0
/**
 * What people can look up about their own sign-ins, and the notices that a page shows of new
 * devices and keys. Written in the transaction that the event belongs to; nothing here is secret.
 */
@NullMarked
package dev.cofferdam.auth.history;

import org.jspecify.annotations.NullMarked;
