// SPDX-License-Identifier: Apache-2.0
/** Who may knock at this service at all. */
@NullMarked
package dev.cofferdam.auth.door;

import org.jspecify.annotations.NullMarked;
