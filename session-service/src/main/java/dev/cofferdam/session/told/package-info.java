// SPDX-License-Identifier: Apache-2.0
/**
 * Whether all that parts have told has come (ADR 0046): each is asked how far it has told of each
 * key, past Kafka, and what nobody heard although everything was read is an event that is missing.
 * A virtual thread on a timer. No secrets.
 */
@NullMarked
package dev.cofferdam.session.told;

import org.jspecify.annotations.NullMarked;
