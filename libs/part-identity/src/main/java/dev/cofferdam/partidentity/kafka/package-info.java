// SPDX-License-Identifier: Apache-2.0
/** How Kafka's clients and its broker use a part's identity. */
@NullMarked
package dev.cofferdam.partidentity.kafka;

import org.jspecify.annotations.NullMarked;
