// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.identity.UserId;
import java.util.UUID;

/** Somebody is signed out, here or elsewhere: whatever is open for them has to close. */
public sealed interface BrowserEnded {
  /** Somebody signed out here. */
  String SIGNED_OUT = "signed-out";

  /** auth-service was asked, and could not say why it does not hold. */
  String OVER = "sign-in-over";

  boolean concerns(Browser browser);

  /** Who showed this cookie or key. */
  record Shown(BrowserKey key) implements BrowserEnded {
    @Override
    public boolean concerns(Browser browser) {
      return key.equals(browser.key());
    }
  }

  /**
   * As auth-service names a sign-in or a program's key.
   *
   * @param reason auth-service's word, for instance {@code key-revoked}
   */
  record SignIn(UUID signIn, String reason) implements BrowserEnded {
    @Override
    public boolean concerns(Browser browser) {
      return signIn.equals(browser.signIn());
    }
  }

  /**
   * All browsers and programs of a person whose rights changed.
   *
   * @param what changed, in auth-service's word, for instance {@code role}
   */
  record Everywhere(UserId user, String what) implements BrowserEnded {
    @Override
    public boolean concerns(Browser browser) {
      return user.equals(browser.user());
    }

    /** Their account was switched off: nothing of theirs goes on. */
    public boolean isSwitchedOff() {
      return what.equals("disabled");
    }
  }
}
