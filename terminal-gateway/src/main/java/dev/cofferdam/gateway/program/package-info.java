// SPDX-License-Identifier: Apache-2.0
/**
 * API keys and service accounts, as people manage them. The one answer that shows a key passes
 * through and is not kept.
 */
@NullMarked
package dev.cofferdam.gateway.program;

import org.jspecify.annotations.NullMarked;
