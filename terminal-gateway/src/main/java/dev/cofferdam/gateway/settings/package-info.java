// SPDX-License-Identifier: Apache-2.0
/**
 * Whether what the gateway was told of its bounds and times is in range: asked once, before
 * anything else, on the thread that starts it. No secrets.
 */
@NullMarked
package dev.cofferdam.gateway.settings;

import org.jspecify.annotations.NullMarked;
