// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.refusals;

import dev.cofferdam.events.SecurityEvent.Asker;
import dev.cofferdam.identity.UserId;
import java.util.Optional;

/**
 * Something was refused just now. Of what strangers say nothing goes in but their address and what
 * their browser says of itself, both cut to {@value #LONGEST} characters.
 *
 * @param what one of our words, for instance {@code ssh-key-refused} or {@code workspace.delete}
 * @param why one of our words
 * @param subject the id of a thing or account that there is, or empty; never an id that was made up
 * @param userAgent for the history of whose account was tried; not in the event
 */
public record Refusal(String what, String why, String subject, Asker asker, String userAgent) {
  static final int LONGEST = 300;

  public Refusal {
    asker = new Asker(asker.user(), cut(asker.credential()), cut(asker.address()));
    userAgent = cut(userAgent);
  }

  /** By nobody knows whom, from nobody knows where. */
  public static Refusal of(String what, String why) {
    return new Refusal(what, why, "", Asker.UNKNOWN, "");
  }

  public Refusal about(String id) {
    return new Refusal(what, why, id, asker, userAgent);
  }

  public Refusal by(UserId user) {
    return with(new Asker(Optional.of(user), asker.credential(), asker.address()));
  }

  /** Which key or the like was shown; never a secret. */
  public Refusal with(String credential) {
    return with(new Asker(asker.user(), credential, asker.address()));
  }

  public Refusal from(String address, String browser) {
    Asker there = new Asker(asker.user(), asker.credential(), address);
    return new Refusal(what, why, subject, there, browser);
  }

  private Refusal with(Asker known) {
    return new Refusal(what, why, subject, known, userAgent);
  }

  private static String cut(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
  }
}
