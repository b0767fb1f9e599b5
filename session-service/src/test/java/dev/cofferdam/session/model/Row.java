// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.session.session.State;
import java.util.List;

/**
 * A session as it is, or ought to be, in the database and in its events.
 *
 * @param reason empty while there is none
 * @param told what its events say, in order; a reason after that of the end
 * @param alarms security events of it
 */
record Row(int workspace, State state, String reason, List<String> told, int alarms) {}
