// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.maintenance;

import java.time.Instant;

/**
 * What people are told.
 *
 * @param locksAt when everything that is open locks
 * @param notice one line by an owner; may be empty
 */
public record Plan(Instant locksAt, String notice) {}
