// SPDX-License-Identifier: Apache-2.0
/**
 * Events in the transaction that causes them, published to Kafka in order, and consumed once. A
 * thread for the relay, one for each consumer. No secrets.
 */
@NullMarked
package dev.cofferdam.outbox;

import org.jspecify.annotations.NullMarked;
