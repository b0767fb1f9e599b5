// SPDX-License-Identifier: Apache-2.0
/** Asks workspace-service for the wrapping token of a session. */
@NullMarked
package dev.cofferdam.session.grant;

import org.jspecify.annotations.NullMarked;
