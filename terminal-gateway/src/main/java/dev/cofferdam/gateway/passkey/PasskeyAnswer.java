// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.passkey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A passkey as its owner sees it; times in ISO 8601.
 *
 * @param aaguid what make of authenticator it says it is of
 * @param backedUp whether its maker keeps a copy, so that other devices have it too
 */
public record PasskeyAnswer(
    String id,
    String name,
    String aaguid,
    List<String> transports,
    boolean backedUp,
    String createdAt,
    @Nullable String lastUsedAt) {}
