// SPDX-License-Identifier: Apache-2.0
/**
 * Who may do what: one pure function of subject, action and resource. Denies by default, knows no
 * framework, does no I/O and is safe on any thread. No secret passes through.
 */
@NullMarked
package dev.cofferdam.decisions;

import org.jspecify.annotations.NullMarked;
