// SPDX-License-Identifier: Apache-2.0
/** Who may knock at this service at all. */
@NullMarked
package dev.cofferdam.workspace.door;

import org.jspecify.annotations.NullMarked;
