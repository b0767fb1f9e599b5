// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** An authenticator that is built into a page's device and always says yes. */
final class Authenticator implements AutoCloseable {
  private final CDPSession browser;

  Authenticator(Page page) {
    browser = page.context().newCDPSession(page);
    browser.send("WebAuthn.enable");
    JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    JsonObject request = new JsonObject();
    request.add("options", options);
    browser.send("WebAuthn.addVirtualAuthenticator", request);
  }

  @Override
  public void close() {
    browser.send("WebAuthn.disable");
    browser.detach();
  }
}
