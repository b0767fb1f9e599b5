// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.SessionId;

/** A session's box is gone: whatever is open for it has to close. */
public record SessionEnded(SessionId session) {}
