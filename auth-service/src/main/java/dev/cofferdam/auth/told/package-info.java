// SPDX-License-Identifier: Apache-2.0
/** How far this service has told of each key, for session-service alone. No secrets. */
@NullMarked
package dev.cofferdam.auth.told;

import org.jspecify.annotations.NullMarked;
