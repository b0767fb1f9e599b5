// SPDX-License-Identifier: Apache-2.0
/** Who told an event: each is signed by the part that tells it, and each part has its own types. */
@NullMarked
package dev.cofferdam.eventtrust;

import org.jspecify.annotations.NullMarked;
