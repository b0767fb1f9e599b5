// SPDX-License-Identifier: Apache-2.0
/**
 * What has happened, told to the pages of the person concerned as server-sent events. One thread
 * reads Kafka; listeners and what waits for each are bounded. No secrets.
 */
@NullMarked
package dev.cofferdam.gateway.events;

import org.jspecify.annotations.NullMarked;
