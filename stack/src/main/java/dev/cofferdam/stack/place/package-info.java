// SPDX-License-Identifier: Apache-2.0
/**
 * Where things lie: the data directory, what each part sees of it, users, ports, built files. No
 * secrets.
 */
@NullMarked
package dev.cofferdam.stack.place;

import org.jspecify.annotations.NullMarked;
