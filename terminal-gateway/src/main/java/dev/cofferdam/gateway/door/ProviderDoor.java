// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The two things that come from identity providers, and so from elsewhere: a browser that is sent
 * back with a code, and a provider's own server that says who signed out there. Neither carries our
 * session: its cookie is {@code SameSite=Strict}, and a server has none (ADR 0013).
 */
final class ProviderDoor {
  private static final String ONE = "/api/sign-in/providers/[a-z][a-z0-9-]{0,30}/";
  private static final Pattern CALLBACK = Pattern.compile(ONE + "callback");
  private static final Pattern LOGOUT = Pattern.compile(ONE + "backchannel-logout");

  private ProviderDoor() {}

  static boolean admits(Asked asked) {
    return isReturn(asked) || isLogout(asked);
  }

  /** The whole page goes there: no script, frame or image of another site gets that far. */
  private static boolean isReturn(Asked asked) {
    return asked.method().equals("GET")
        && CALLBACK.matcher(asked.path()).matches()
        && asked.fetchMode().map("navigate"::equals).orElse(true);
  }

  /** From a server: every browser says by one of the two headers that it is one. */
  private static boolean isLogout(Asked asked) {
    return asked.method().equals("POST")
        && LOGOUT.matcher(asked.path()).matches()
        && asked.origins().isEmpty()
        && asked.fetchSite().isEmpty()
        && asked.contentType().map(ProviderDoor::isForm).orElse(false);
  }

  private static boolean isForm(String contentType) {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().toLowerCase(Locale.ROOT).equals("application/x-www-form-urlencoded");
  }
}
