// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import dev.cofferdam.problems.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask at all: only a page of ours, by our own name. The unsafe methods need all of: a
 * header and a content type that no form can send, {@code Sec-Fetch-Site: same-origin} or, from a
 * browser too old for it, our exact Origin. An Origin that is there must always be ours. Nobody
 * else is answered with CORS headers, but {@link OtherOrigins} that were named and show a key.
 * Programs with a key of their own come without any Origin. From elsewhere come pages that people
 * open, and {@link ProviderDoor what identity providers send}; nothing else below {@code /api}.
 */
final class DoorRules {
  static final int LARGEST_BODY_BYTES = 64 * 1024;
  static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private final PublicOrigin ours;
  private final String origin;
  private final OtherOrigins others;

  DoorRules(PublicOrigin ours, OtherOrigins others) {
    this.ours = ours;
    this.others = others;
    origin = ours.text();
  }

  /** Why it is not for us at all. */
  Optional<Problem> wrongHost(Asked asked) {
    return asked.isFor(ours.authority()) ? Optional.empty() : Optional.of(ours.notHere());
  }

  /** Why what is for us goes no further; empty if it may. */
  Optional<Problem> refusal(Asked asked) {
    if (!METHODS.contains(asked.method())) {
      return Optional.of(
          Problem.of("method", 405, "Not a method of this route", "Use another one."));
    }
    if (!isOurs(asked.origins()) && !others.admit(asked)) {
      return Optional.of(otherSite());
    }
    if (asked.contentLength().filter(DoorRules::isTooLarge).isPresent()) {
      return Optional.of(
          Problem.of("too-large", 413, "The body is too large", "Send less than 64 KiB."));
    }
    if (asked.chunked()) {
      // Nobody of ours sends one, and its size is not known before it is here.
      return Optional.of(
          Problem.of("no-length", 411, "The body's length is missing", "Send Content-Length."));
    }
    if (asked.credentials() == Asked.Credentials.BOTH) {
      return Optional.of(
          Problem.of(
              "two-credentials",
              400,
              "The request shows two credentials",
              "Send a cookie or an Authorization header, not both."));
    }
    return ProviderDoor.admits(asked) ? Optional.empty() : refusalOfOurs(asked);
  }

  private boolean isOurs(List<String> origins) {
    return origins.size() <= 1 && origins.stream().allMatch(origin::equals);
  }

  private Optional<Problem> refusalOfOurs(Asked asked) {
    if (!asked.isSafe()) {
      return refusalOfChange(asked);
    }
    return asked.isApi() && asked.isFromElsewhere() && !others.admit(asked)
        ? Optional.of(otherSite())
        : Optional.empty();
  }

  private Optional<Problem> refusalOfChange(Asked asked) {
    boolean sameOrigin =
        asked.fetchSite().isPresent()
            ? asked.fetchSite().get().equals("same-origin")
            : !asked.origins().isEmpty();
    boolean ownPage = sameOrigin && asked.coffer().equals(Optional.of("1"));
    if (!ownPage && !isProgram(asked) && !others.admit(asked)) {
      return Optional.of(otherSite());
    }
    if (!asked.contentType().map(DoorRules::isJson).orElse(false)) {
      return Optional.of(
          Problem.of("media-type", 415, "Not a format of this route", "Send application/json."));
    }
    return Optional.empty();
  }

  /**
   * No page sends an Authorization header unless it knows a key, and none of an origin that was not
   * named can, since its preflight is not answered; a program has no page that it comes from.
   */
  private static boolean isProgram(Asked asked) {
    return asked.credentials() == Asked.Credentials.AUTHORIZATION
        && asked.origins().isEmpty()
        && asked.fetchSite().isEmpty();
  }

  static Problem otherSite() {
    return Problem.of(
        "other-site",
        403,
        "Only Cofferdam's own page may do this",
        "The request came from another site, or without the header X-Coffer.");
  }

  private static boolean isJson(String contentType) {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private static boolean isTooLarge(String contentLength) {
    try {
      return Long.parseLong(contentLength) > LARGEST_BODY_BYTES;
    } catch (NumberFormatException e) {
      return true;
    }
  }
}
