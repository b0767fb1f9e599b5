// SPDX-License-Identifier: Apache-2.0
/**
 * The failures that are answered to clients: RFC 9457 problem details with a stable type. No
 * threads, no secrets.
 */
@NullMarked
package dev.cofferdam.problems;

import org.jspecify.annotations.NullMarked;
