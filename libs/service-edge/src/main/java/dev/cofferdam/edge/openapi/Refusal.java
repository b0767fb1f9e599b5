// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge.openapi;

import java.util.List;
import java.util.Locale;

/** What many routes can answer alike: its status, and the problems that it carries. */
enum Refusal {
  INVALID(400, "The body or a parameter is not valid", "invalid-field", "malformed"),
  TWO_CREDENTIALS(400, "Two credentials are shown", "two-credentials"),
  INVALID_OR_TWO_CREDENTIALS(
      400,
      "The body or a parameter is not valid, or two credentials are shown",
      "invalid-field",
      "malformed",
      "two-credentials"),
  SIGNED_OUT(401, "Nobody is signed in, or no longer", "signed-out"),
  NOT_ALLOWED(403, "Whoever asks may not do this", "refused"),
  NOT_OUR_PAGE(403, "It is not our page that asks", "other-site"),
  OTHER_SITE(403, "Whoever asks may not do this, or it is not our page", "refused", "other-site"),
  NOT_FOUND(404, "There is no such thing for who asks", "not-found"),
  METHOD(405, "The route has no such method", "method"),
  NO_LENGTH(411, "The body's length is missing", "no-length"),
  MALFORMED_OR_TWO_CREDENTIALS(
      400,
      "The request is no HTTP/1.1, its address is none, or two credentials are shown",
      "malformed",
      "two-credentials"),
  ADDRESS_TOO_LONG(414, "The address is longer than 4 KiB", "address-too-long"),
  HEADERS_TOO_LARGE(431, "The headers are larger than 16 KiB", "headers-too-large"),
  TOO_LARGE(413, "The body is too large", "too-large"),
  MEDIA_TYPE(415, "The body is of another format", "media-type"),
  WRONG_HOST(421, "This server has another address", "wrong-host"),
  TOO_MANY_TRIES(429, "Too many sign-ins were tried", "too-many-tries"),
  TOO_MANY_CREDENTIALS(
      429, "This network has shown too many credentials that are nobody's", "too-many-tries"),
  INTERNAL(500, "A fault of ours; the log says more by the id", "internal"),
  UNAVAILABLE(503, "A part that is needed does not answer", "unavailable"),
  NO_PAGE(503, "The web app is not built in", "no-page");

  private final int status;
  private final String description;
  private final List<String> slugs;

  Refusal(int status, String description, String... slugs) {
    this.status = status;
    this.description = description;
    this.slugs = List.of(slugs);
  }

  /** Of its entry among the answers that all routes share. */
  String component() {
    StringBuilder name = new StringBuilder();
    for (String word : name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  String status() {
    return Integer.toString(status);
  }

  String description() {
    return description + " (" + String.join(", ", slugs) + ")";
  }

  List<String> slugs() {
    return slugs;
  }
}
