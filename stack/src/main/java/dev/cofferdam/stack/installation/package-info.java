// SPDX-License-Identifier: Apache-2.0
/**
 * Which of this host's installations we are, when we are started as root: each has users and
 * subordinate ids that no other has (ADR 0071).
 *
 * <p>Owns the list in {@code /var/lib/cofferdam} and the file {@code installation} of a data
 * directory. Runs once, on the thread that starts everything. No secrets.
 */
@NullMarked
package dev.cofferdam.stack.installation;

import org.jspecify.annotations.NullMarked;
