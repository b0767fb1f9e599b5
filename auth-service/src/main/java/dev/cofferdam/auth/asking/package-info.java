// SPDX-License-Identifier: Apache-2.0
/**
 * Who asks on the routes for people: what their token says, and what has become of them since it
 * was issued. For all rooms of auth-service; no secret passes through.
 */
@NullMarked
package dev.cofferdam.auth.asking;

import org.jspecify.annotations.NullMarked;
