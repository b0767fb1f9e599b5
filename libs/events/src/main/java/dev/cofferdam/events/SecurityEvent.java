// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import dev.cofferdam.identity.UserId;
import java.time.Instant;
import java.util.UUID;

/** Something was refused that should not have been tried. Words are stable, nothing is secret. */
public sealed interface SecurityEvent extends Event {

  @Override
  default Topic topic() {
    return Topic.SECURITY;
  }

  /**
   * @param what was refused, for instance {@code key-refused}
   * @param why for instance {@code token-spent}
   * @param subject the id that it is about, or empty
   */
  record Refused(UUID id, Instant at, String what, String why, String subject)
      implements SecurityEvent {
    @Override
    public String key() {
      return subject.isEmpty() ? what : subject;
    }
  }

  /** What concerns one person's account or sign-ins; ordered per person. */
  sealed interface OfPerson extends SecurityEvent {
    UserId user();

    @Override
    default String key() {
      return user().toString();
    }
  }

  /**
   * Somebody signed in.
   *
   * @param browserSession the id that access tokens carry as {@code sid}
   * @param method how, for instance {@code ssh-key}
   * @param credential which one, for instance a key's fingerprint; may be empty
   * @param address from where, as the gateway saw it; may be empty
   */
  record SignedIn(
      UUID id,
      Instant at,
      UserId user,
      UUID browserSession,
      String method,
      String credential,
      String address)
      implements OfPerson {}

  /**
   * A sign-in ended: nothing that it opened may go on.
   *
   * @param reason for instance {@code signed-out}, {@code ended-elsewhere}, {@code key-revoked}
   */
  record SignInEnded(UUID id, Instant at, UserId user, UUID browserSession, String reason)
      implements OfPerson {}

  /**
   * An account changed.
   *
   * @param by who did it
   * @param what {@code added}, {@code role}, {@code disabled} or {@code enabled}
   */
  record AccountChanged(UUID id, Instant at, UserId user, UserId by, String what)
      implements OfPerson {}

  /**
   * Something to sign in with came or went.
   *
   * @param kind for instance {@code ssh-key}, {@code passkey}, {@code api-key}
   * @param credential its fingerprint or id, never a secret
   * @param what {@code added} or {@code revoked}
   */
  record CredentialChanged(
      UUID id, Instant at, UserId user, UserId by, String kind, String credential, String what)
      implements OfPerson {}
}
