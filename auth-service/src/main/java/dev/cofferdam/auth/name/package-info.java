// SPDX-License-Identifier: Apache-2.0
/** What names that people give have in common, whatever it is that they name. */
@NullMarked
package dev.cofferdam.auth.name;

import org.jspecify.annotations.NullMarked;
