// SPDX-License-Identifier: Apache-2.0
/**
 * The Kafka contract: sealed, versioned records and their JSON, with a golden file each. No
 * secrets, no terminal content, ever.
 */
@NullMarked
package dev.cofferdam.events;

import org.jspecify.annotations.NullMarked;
