// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.problems;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One answer in the form of RFC 9457.
 *
 * @param slug stable last part of the type URI
 * @param status HTTP status, 400..599
 * @param title what happened, the same for all of a type
 * @param detail what it means here and what to do
 * @param id of this occurrence, also in the log
 * @param errors the fields at fault
 */
public record Problem(
    String slug,
    int status,
    String title,
    String detail,
    String id,
    List<FieldError> errors,
    Optional<Integer> retryAfterSeconds) {
  public static final String TYPE_PREFIX = "https://cofferdam.dev/problems/";

  /** A field and the rule that it breaks. */
  public record FieldError(String field, String rule) {}

  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem of(String slug, int status, String title, String detail) {
    return new Problem(slug, status, title, detail, newId(), List.of(), Optional.empty());
  }

  public static Problem badField(String field, String rule) {
    return new Problem(
        "invalid-field",
        400,
        "A field is not valid",
        field + ": " + rule,
        newId(),
        List.of(new FieldError(field, rule)),
        Optional.empty());
  }

  public static Problem malformed(String detail) {
    return of("malformed", 400, "The request can't be read", detail);
  }

  /** For unknown ids and those of others alike. */
  public static Problem notFound(String what) {
    return of("not-found", 404, "There is no such " + what, "Look at the list again.");
  }

  public static Problem signedOut() {
    return of("signed-out", 401, "You are not signed in", "Open a link from `./coffer link`.");
  }

  public static Problem refused(String detail) {
    return of("refused", 403, "Not allowed", detail);
  }

  /** The same, and when to try again (RFC 9110 section 10.2.3). */
  public Problem againAfter(int seconds) {
    return new Problem(slug, status, title, detail, id, errors, Optional.of(seconds));
  }

  /** RFC 6585 section 4. */
  public static Problem tooManyTries(int secondsToWait) {
    return new Problem(
        "too-many-tries",
        429,
        "Too many tries",
        "Wait " + secondsToWait + " s and try again.",
        newId(),
        List.of(),
        Optional.of(secondsToWait));
  }

  /** A part that is needed does not answer; comes back by itself. */
  public static Problem unavailable(String part) {
    return new Problem(
        "unavailable",
        503,
        "A part of Cofferdam does not answer",
        part + " can't be reached. This server goes on trying to reach it; nothing is lost.",
        newId(),
        List.of(),
        Optional.of(5));
  }

  /**
   * The same for one that took a question and gave no answer: what it waits for may be behind it.
   */
  public static Problem late(String part) {
    return new Problem(
        "unavailable",
        503,
        "A part of Cofferdam does not answer",
        part
            + " gave no answer in time: it is stuck, or a part that it needs. This server goes on"
            + " trying to reach it; nothing is lost.",
        newId(),
        List.of(),
        Optional.of(5));
  }

  /** The same for a Vault that answers that it is sealed: a person has to come first. */
  public static Problem vaultSealed() {
    return new Problem(
        "unavailable",
        503,
        "A part of Cofferdam does not answer",
        "Vault is sealed, so nothing opens until somebody with the unseal key unseals it on its"
            + " machine: by `./coffer emergency-stop --lift` after an emergency stop, otherwise by"
            + " `./coffer down` and `./coffer up`. Nothing is lost, and locking works.",
        newId(),
        List.of(),
        Optional.of(5));
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }
}
