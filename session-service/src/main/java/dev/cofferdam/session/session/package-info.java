// SPDX-License-Identifier: Apache-2.0
/**
 * Sessions and their states, in the database and towards others. Wrapping tokens and tickets pass
 * through and are never stored.
 */
@NullMarked
package dev.cofferdam.session.session;

import org.jspecify.annotations.NullMarked;
