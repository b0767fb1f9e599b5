// SPDX-License-Identifier: Apache-2.0
/**
 * The emergency stop: all sessions end and none opens until a person lifts it. It is in the
 * database, so that it outlives every restart. No secrets.
 */
@NullMarked
package dev.cofferdam.session.emergency;

import org.jspecify.annotations.NullMarked;
