// SPDX-License-Identifier: Apache-2.0
/**
 * What a supervisor hands to a part at its start, on standard input: one line of JSON, never a
 * file, an argument or the environment.
 *
 * <p>Read once, on whichever thread asks first. Everything here is a secret and none of it is ever
 * printed; the configuration system keeps the values as strings for the life of the process.
 */
@NullMarked
package dev.cofferdam.handover;

import org.jspecify.annotations.NullMarked;
