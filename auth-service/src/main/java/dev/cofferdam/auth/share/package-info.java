// SPDX-License-Identifier: Apache-2.0
/**
 * How much of what waits in a table any one place may have, where anybody may put something in
 * without showing who they are. No secret passes through.
 */
@NullMarked
package dev.cofferdam.auth.share;

import org.jspecify.annotations.NullMarked;
