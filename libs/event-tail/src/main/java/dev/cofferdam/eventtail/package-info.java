// SPDX-License-Identifier: Apache-2.0
/**
 * Events from now on, for parts that have to hear all of them and remember none. A thread for each
 * tail. No secrets.
 */
@NullMarked
package dev.cofferdam.eventtail;

import org.jspecify.annotations.NullMarked;
