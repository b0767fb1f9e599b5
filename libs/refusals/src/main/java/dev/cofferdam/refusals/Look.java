// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.refusals;

import dev.cofferdam.identity.UserId;

/**
 * Somebody is about to be shown what is others', or what they did.
 *
 * @param what the verb, for instance {@code person-device.list}
 * @param whose the person's id; empty where it is everybody's
 * @param credential what they are signed in with; never a secret, may be empty
 */
public record Look(String what, String whose, UserId by, String credential) {}
