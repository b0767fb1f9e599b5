// SPDX-License-Identifier: Apache-2.0
/**
 * Which settings there are: names alone, never a value. Used at a start, on the thread that starts.
 * No secrets.
 */
@NullMarked
package dev.cofferdam.settings;

import org.jspecify.annotations.NullMarked;
