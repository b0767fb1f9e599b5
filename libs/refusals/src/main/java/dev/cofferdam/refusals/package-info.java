// SPDX-License-Identifier: Apache-2.0
/**
 * What was refused, counted in memory until it is told as a security event: whoever is refused
 * neither waits for that nor fills anything by trying on. A thread of its own for telling. No
 * secrets. Also what was looked at that is others'.
 */
@NullMarked
package dev.cofferdam.refusals;

import org.jspecify.annotations.NullMarked;
