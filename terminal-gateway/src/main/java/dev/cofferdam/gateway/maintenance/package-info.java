// SPDX-License-Identifier: Apache-2.0
/** Says whether the server is being maintained; session-service keeps it. */
@NullMarked
package dev.cofferdam.gateway.maintenance;

import org.jspecify.annotations.NullMarked;
