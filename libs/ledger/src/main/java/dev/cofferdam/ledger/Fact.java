// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What is to be remembered: who did what, when, with what, from where, and was it allowed. Texts
 * are as {@link Text} allows, empty where nothing is known.
 *
 * @param event the id of what it is about; a second fact with the same id is the same fact
 * @param at when it happened, in whole microseconds
 * @param reason a stable word, for instance {@code idle} or {@code token-spent}
 */
public record Fact(UUID event, Instant at, Who who, What what, Outcome outcome, String reason) {
  public Fact {
    if (at.getNano() % 1000 != 0) {
      throw new IllegalArgumentException("a time is finer than a microsecond");
    }
    Text.require(reason);
  }

  /**
   * @param actor a person's id, or a part's name
   * @param credential with what: a fingerprint or an id, never a secret
   * @param address from where
   */
  public record Who(String actor, String credential, String address) {
    public static final Who NOBODY = new Who("", "", "");

    public Who {
      Text.require(actor);
      Text.require(credential);
      Text.require(address);
    }

    public static Who of(Object actor) {
      return new Who(Text.cleaned(actor.toString()), "", "");
    }

    public static Who cleaned(String actor, String credential, String address) {
      return new Who(Text.cleaned(actor), Text.cleaned(credential), Text.cleaned(address));
    }
  }

  /**
   * @param stream the chain that it belongs to
   * @param kind what happened, a stable word
   * @param workspace the id of the one that it happened in or to
   * @param subject the id of what it happened to
   * @param detail a few words more
   */
  public record What(String stream, String kind, String workspace, String subject, String detail) {
    public What {
      if (stream.isEmpty() || kind.isEmpty()) {
        throw new IllegalArgumentException("a fact has a stream and a kind");
      }
      Text.require(stream);
      Text.require(kind);
      Text.require(workspace);
      Text.require(subject);
      Text.require(detail);
    }

    public static What cleaned(
        String stream, String kind, String workspace, String subject, String detail) {
      return new What(
          stream, kind, Text.cleaned(workspace), Text.cleaned(subject), Text.cleaned(detail));
    }
  }

  /** As it can be kept: the time cut to microseconds, what no text may hold replaced. */
  public static Fact of(
      UUID event, Instant at, Who who, What what, Outcome outcome, String reason) {
    return new Fact(
        event, at.truncatedTo(ChronoUnit.MICROS), who, what, outcome, Text.cleaned(reason));
  }
}
