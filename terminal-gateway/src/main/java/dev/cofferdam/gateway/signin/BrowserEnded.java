// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.identity.UserId;
import java.util.UUID;

/** Somebody is signed out, here or elsewhere: whatever is open for them has to close. */
public sealed interface BrowserEnded {
  boolean concerns(Browser browser);

  /** Who showed this cookie or key. */
  record Shown(BrowserKey key) implements BrowserEnded {
    @Override
    public boolean concerns(Browser browser) {
      return key.equals(browser.key());
    }
  }

  /** As auth-service names a sign-in or a program's key. */
  record SignIn(UUID signIn) implements BrowserEnded {
    @Override
    public boolean concerns(Browser browser) {
      return signIn.equals(browser.signIn());
    }
  }

  /** All browsers and programs of a person whose rights changed. */
  record Everywhere(UserId user) implements BrowserEnded {
    @Override
    public boolean concerns(Browser browser) {
      return user.equals(browser.user());
    }
  }
}
