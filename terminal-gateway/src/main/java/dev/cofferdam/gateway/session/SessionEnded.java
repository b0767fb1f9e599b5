// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.terminal.protocol.CloseCode;

/** A session's box is gone: whatever is open for it has to close, with this code. */
public record SessionEnded(SessionId session, CloseCode code) {}
