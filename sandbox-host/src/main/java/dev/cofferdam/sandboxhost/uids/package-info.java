// SPDX-License-Identifier: Apache-2.0
/**
 * Which uids of this host a box's inside is: a range of eight of its own out of our system user's
 * subordinate uids, or, without such a range, our own uid.
 *
 * <p>Owns the slot file. Calls are serialised by the objects themselves. No secrets.
 */
@NullMarked
package dev.cofferdam.sandboxhost.uids;

import org.jspecify.annotations.NullMarked;
