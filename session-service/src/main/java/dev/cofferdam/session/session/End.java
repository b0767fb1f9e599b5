// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.events.Actor;

/**
 * Why a session ends; the first one stays.
 *
 * @param reason a stable word
 * @param by {@link Actor#NOBODY} if it was no person
 */
record End(String reason, Actor by) {}
