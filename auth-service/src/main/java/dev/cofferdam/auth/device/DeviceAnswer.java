// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.device;

import dev.cofferdam.auth.history.BrowserWords;
import dev.cofferdam.auth.signin.BrowserSession;
import java.util.UUID;

/**
 * A browser that is signed in; times in ISO 8601.
 *
 * @param current whether it is the one that asks
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
    String expiresAt) {

  static DeviceAnswer of(BrowserSession s, UUID asking) {
    return new DeviceAnswer(
        s.id().toString(),
        s.id().equals(asking),
        s.method(),
        s.credential(),
        BrowserWords.of(s.userAgent()),
        s.userAgent(),
        s.address(),
        s.createdAt().toString(),
        s.lastSeenAt().toString(),
        s.expiresAt().toString());
  }
}
