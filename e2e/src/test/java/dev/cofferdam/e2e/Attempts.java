// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Requests that are made again until it is certain that they were done. */
final class Attempts {
  /** The longest that anything may stay as it is: a key may be out for a minute (Workspaces). */
  static final Duration PATIENCE = Duration.ofSeconds(100);

  /** As a page has one: what comes up again is not to be kept busy with refusing. */
  static final Duration PAUSE = Duration.ofMillis(250);

  /** What these answers are about may have been done, or not. */
  private static final Set<Integer> UNKNOWN = Set.of(429, 502, 503, 504);

  private final ApiClient api;
  private final Acknowledged told;

  /** Whether nobody knows what became of an earlier one of these tries. */
  private boolean unsure;

  Attempts(ApiClient api, Acknowledged told) {
    this.api = api;
    this.told = told;
  }

  /** What an answer means. */
  @FunctionalInterface
  interface Meaning {
    /**
     * Empty if it has to be tried again.
     *
     * @param unsure whether an earlier try may have done it
     */
    Optional<String> of(Reply reply, boolean unsure);
  }

  static boolean isUnknown(int status) {
    return UNKNOWN.contains(status);
  }

  /**
   * @param verb for counting
   */
  String untilDone(String verb, Request request, Meaning meaning) {
    unsure = false;
    return Await.value(
        verb + " by " + request.target(), PATIENCE, PAUSE, () -> once(verb, request, meaning));
  }

  private Optional<String> once(String verb, Request request, Meaning meaning) {
    Reply reply;
    try {
      reply = api.send(request);
    } catch (UncheckedIOException e) {
      unsure = true;
      told.unknown(verb + ": " + e.getCause().getClass().getSimpleName());
      return Optional.empty();
    }
    if (isUnknown(reply.status())) {
      unsure = true;
      told.unknown(verb + ": " + reply.status());
      return Optional.empty();
    }
    return meaning.of(reply, unsure);
  }

  void untilTrue(String what, BooleanSupplier attempt) {
    Await.value(
        what, PATIENCE, PAUSE, () -> attempt.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Nothing that dies explains such an answer. */
  Optional<String> unexpected(String verb, Reply reply) {
    told.fault("could not " + verb + ": " + reply);
    return Optional.empty();
  }
}
