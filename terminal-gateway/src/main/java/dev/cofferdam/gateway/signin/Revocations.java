// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import dev.cofferdam.events.SecurityEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** What events tell of sign-ins that were ended and of people whose rights changed. */
@ApplicationScoped
public class Revocations {
  private final Browsers browsers;

  Revocations(Browsers browsers) {
    this.browsers = browsers;
  }

  /** Returns when everything that has to close was told to. */
  public void take(SecurityEvent event) {
    switch (event) {
      case SecurityEvent.SignInEnded e -> browsers.endedElsewhere(e.browserSession(), e.reason());
      case SecurityEvent.AccountChanged e -> changed(e);
      case SecurityEvent.SignedIn e -> {}
      case SecurityEvent.CredentialChanged e -> {}
      case SecurityEvent.Refused e -> {}
      case SecurityEvent.EmergencyStopChanged e -> {}
      case SecurityEvent.MaintenanceChanged e -> {}
      case SecurityEvent.OthersSeen e -> {}
      case SecurityEvent.SessionEntered e -> {}
      case SecurityEvent.OfAlert e -> {}
    }
  }

  /** Another quota takes nothing that is open: it counts from the next token on. */
  private void changed(SecurityEvent.AccountChanged event) {
    if (event.what().equals("quota")) {
      browsers.forgetTokensOf(event.user());
    } else {
      browsers.changed(event.user(), event.what());
    }
  }
}
