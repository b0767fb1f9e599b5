// SPDX-License-Identifier: Apache-2.0
/**
 * What every request passes first: the headers of every answer, the one host and origin, and the
 * rules against requests that other sites cause. On the event loop; no secret is looked at.
 */
@NullMarked
package dev.cofferdam.gateway.door;

import org.jspecify.annotations.NullMarked;
