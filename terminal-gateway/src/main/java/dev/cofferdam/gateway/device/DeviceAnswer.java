// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.device;

/**
 * A browser that is signed in; times in ISO 8601.
 *
 * @param current whether it is the one that asks
 * @param method how it was signed in, for instance {@code ssh-key}
 * @param credential with what, for instance a key's fingerprint; may be empty
 * @param browser what it says of itself, in words
 * @param lastSeenAt right to a few minutes
 */
public record DeviceAnswer(
    String id,
    boolean current,
    String method,
    String credential,
    String browser,
    String userAgent,
    String address,
    String createdAt,
    String lastSeenAt,
    String expiresAt) {}
