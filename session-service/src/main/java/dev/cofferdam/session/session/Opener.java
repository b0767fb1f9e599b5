// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.session;

import dev.cofferdam.identity.UserId;
import java.util.UUID;

/**
 * Who opens a session.
 *
 * @param signIn {@code sid} of their token: its end is the session's
 * @param method how they signed in, for instance {@code ssh-key}; may be empty
 * @param credential with which key or account elsewhere, for instance a fingerprint; may be empty
 * @param address from where, as the gateway sees it; may be empty
 * @param quotaBytes how much ciphertext they may have in all
 * @param openSessions how many sessions they may have at once
 */
public record Opener(
    UserId user,
    UUID signIn,
    String method,
    String credential,
    String address,
    long quotaBytes,
    int openSessions) {}
