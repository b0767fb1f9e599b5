// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import java.util.Optional;
import java.util.UUID;

/**
 * A browser is signed out, here or elsewhere: whatever is open for it has to close. It is named by
 * its cookie or by its session's id, whichever the one knows who tells.
 */
public record BrowserEnded(Optional<BrowserKey> key, Optional<UUID> signIn) {

  public static BrowserEnded here(BrowserKey key) {
    return new BrowserEnded(Optional.of(key), Optional.empty());
  }

  public static BrowserEnded elsewhere(UUID signIn) {
    return new BrowserEnded(Optional.empty(), Optional.of(signIn));
  }

  public boolean concerns(Browser browser) {
    return key.filter(browser.key()::equals).isPresent()
        || signIn.filter(browser.signIn()::equals).isPresent();
  }
}
