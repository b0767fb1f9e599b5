// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What concerns who may do what. Words are stable, nothing is secret. */
public sealed interface SecurityEvent extends Event {

  @Override
  default Topic topic() {
    return Topic.SECURITY;
  }

  /**
   * Something was refused. Who tries the same again and again is told of once a minute.
   *
   * @param at the first time
   * @param what the thing that was refused, for instance {@code key-refused}, or the verb that was
   * @param why for instance {@code token-spent}
   * @param subject the id that it is about, or empty
   * @param asker who tried it
   * @param count how often, from 1; not written if it was once
   */
  record Refused(
      UUID id, Instant at, String what, String why, String subject, Asker asker, int count)
      implements SecurityEvent {
    public Refused {
      if (count < 1) {
        throw new IllegalArgumentException("count is no number from 1");
      }
    }

    /** Once, by nobody knows whom. */
    public Refused(UUID id, Instant at, String what, String why, String subject) {
      this(id, at, what, why, subject, Asker.UNKNOWN, 1);
    }

    @Override
    public String key() {
      return subject.isEmpty() ? what : subject;
    }
  }

  /**
   * Who tried what was refused, as far as it is known.
   *
   * @param user whose sign-in or key it was done with; empty where nobody was signed in
   * @param credential which was shown, for instance a key's fingerprint, never a secret; may be
   *     empty
   * @param address from where, as the gateway saw it; may be empty
   */
  record Asker(Optional<UserId> user, String credential, String address) {
    public static final Asker UNKNOWN = new Asker(Optional.empty(), "", "");
  }

  /**
   * An owner, or somebody on the machine, has stopped everything, or let it go on.
   *
   * @param stopped whether nothing may open from now on
   * @param sealing whether it was asked that Vault is sealed behind it
   * @param by an owner; nobody if it was done at the machine
   */
  record EmergencyStopChanged(
      UUID id, Instant at, boolean stopped, boolean sealing, Optional<UserId> by)
      implements SecurityEvent {
    @Override
    public String key() {
      return "emergency-stop";
    }
  }

  /**
   * An owner, or somebody on the machine, has announced that the server will be maintained, has
   * changed that, or it is over.
   *
   * @param locksAt when what is open locks; nothing opens until it is over. Empty when it is
   * @param notice what people read, one line; may be empty
   * @param by an owner; nobody if it was done at the machine
   */
  record MaintenanceChanged(
      UUID id, Instant at, Optional<Instant> locksAt, String notice, Optional<UserId> by)
      implements SecurityEvent {
    @Override
    public String key() {
      return "maintenance";
    }
  }

  /**
   * Somebody was shown what is others', or what they did; told of once in a minute for each.
   *
   * @param what the verb, for instance {@code person-device.list}
   * @param whose the person's id; empty where it is everybody's
   * @param by who was shown it
   * @param credential what they are signed in with, for instance a key's fingerprint; may be empty
   */
  record OthersSeen(UUID id, Instant at, String what, String whose, UserId by, String credential)
      implements SecurityEvent {
    @Override
    public String key() {
      return by.toString();
    }
  }

  /**
   * Somebody uses the terminals of a session with another sign-in or key, or from another address,
   * than it was opened with; told of once for each of these.
   *
   * @param session whose terminals they are
   * @param workspace which it opens
   * @param by who it is
   * @param browserSession the id that access tokens carry as {@code sid}
   * @param credential what they are signed in with, for instance a key's fingerprint; may be empty
   */
  record SessionEntered(
      UUID id,
      Instant at,
      SessionId session,
      WorkspaceId workspace,
      UserId by,
      UUID browserSession,
      String credential)
      implements SecurityEvent {
    @Override
    public String key() {
      return session.toString();
    }
  }

  /** What concerns one alert; ordered per alert. */
  sealed interface OfAlert extends SecurityEvent {
    /** The alert. */
    UUID alert();

    @Override
    default String key() {
      return alert().toString();
    }
  }

  /**
   * A rule over the audit ledger has found something that somebody should look at.
   *
   * @param rule which, for instance {@code many-refusals}
   * @param about whom or what, in the rule's own words, for instance a network; may be empty
   */
  record AlertRaised(UUID id, Instant at, UUID alert, String rule, String about)
      implements OfAlert {}

  /**
   * Somebody has looked, and dealt with it.
   *
   * @param rule which had raised it
   * @param by who dealt with it
   */
  record AlertClosed(UUID id, Instant at, UUID alert, String rule, UserId by) implements OfAlert {}

  /** What concerns one person's account or sign-ins; ordered per person. */
  sealed interface OfPerson extends SecurityEvent {
    /** The person whom it concerns. */
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
   * @param browserSession the id that access tokens carry as {@code sid}
   * @param reason for instance {@code signed-out}, {@code ended-elsewhere}, {@code key-revoked}
   * @param method how it was made, as in {@code signed-in}; empty in what was told before this was
   * @param credential with which one, as in {@code signed-in}; may be empty
   */
  record SignInEnded(
      UUID id,
      Instant at,
      UserId user,
      UUID browserSession,
      String reason,
      String method,
      String credential)
      implements OfPerson {
    /** Nobody knows how it was made. */
    public SignInEnded(UUID id, Instant at, UserId user, UUID browserSession, String reason) {
      this(id, at, user, browserSession, reason, "", "");
    }
  }

  /**
   * An account changed.
   *
   * @param by who did it
   * @param what {@code added}, {@code role}, {@code quota}, {@code disabled} or {@code enabled}
   */
  record AccountChanged(UUID id, Instant at, UserId user, UserId by, String what)
      implements OfPerson {}

  /**
   * Something to sign in with came or went.
   *
   * @param by who did it
   * @param kind for instance {@code ssh-key}, {@code passkey}, {@code api-key}, {@code link}, or
   *     {@code invitation}, which concerns whoever sent it: the account is still to come
   * @param credential its fingerprint or id, never a secret
   * @param what {@code added} or {@code revoked}; of an SSH key that an owner or admin added also
   *     {@code proven} by whose it is, or {@code displaced}: revoked, as somebody else has proven
   *     it
   */
  record CredentialChanged(
      UUID id, Instant at, UserId user, UserId by, String kind, String credential, String what)
      implements OfPerson {}
}
