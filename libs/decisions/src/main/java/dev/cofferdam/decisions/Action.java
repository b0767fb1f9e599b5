// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

import static dev.cofferdam.decisions.Reach.ACCOUNT;
import static dev.cofferdam.decisions.Reach.AUDIT;
import static dev.cofferdam.decisions.Reach.EVERYBODY;
import static dev.cofferdam.decisions.Reach.GOVERNMENT;
import static dev.cofferdam.decisions.Reach.OVERSIGHT;
import static dev.cofferdam.decisions.Reach.OWNERSHIP;
import static dev.cofferdam.decisions.Reach.PARTS;
import static dev.cofferdam.decisions.Reach.WORK;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Every verb of the product. Its word, {@code workspace.read}, is what the scope of an API key and
 * docs/api/permissions.md say.
 */
public enum Action {
  APP_READ(Kind.INSTALLATION, EVERYBODY),
  SIGNING_KEYS_READ(Kind.INSTALLATION, EVERYBODY),
  SIGN_IN(Kind.INSTALLATION, EVERYBODY),
  SIGN_OUT(Kind.INSTALLATION, EVERYBODY),
  INVITATION_ACCEPT(Kind.INVITATION, EVERYBODY),

  PROFILE_READ(Kind.PERSON, ACCOUNT, Programs.MAY),
  /** Each event that is told is decided again, by {@link #WORKSPACE_READ} or the like. */
  EVENTS_FOLLOW(Kind.PERSON, ACCOUNT, Programs.MAY_IN_PART),
  /** Whether the server is being maintained. */
  MAINTENANCE_READ(Kind.PERSON, ACCOUNT),
  SSH_KEY_LIST(Kind.SSH_KEY, ACCOUNT),
  SSH_KEY_ADD(Kind.SSH_KEY, ACCOUNT),
  SSH_KEY_REVOKE(Kind.SSH_KEY, ACCOUNT),
  PASSKEY_LIST(Kind.PASSKEY, ACCOUNT),
  PASSKEY_ADD(Kind.PASSKEY, ACCOUNT),
  PASSKEY_REVOKE(Kind.PASSKEY, ACCOUNT),
  DEVICE_LIST(Kind.DEVICE, ACCOUNT),
  DEVICE_END(Kind.DEVICE, ACCOUNT),
  SIGN_INS_READ(Kind.PERSON, ACCOUNT),
  NOTICE_LIST(Kind.NOTICE, ACCOUNT),
  NOTICE_DISMISS(Kind.NOTICE, ACCOUNT),

  WORKSPACE_LIST(Kind.WORKSPACE, WORK, Programs.MAY_IN_PART),
  WORKSPACE_CREATE(Kind.WORKSPACE, WORK, Programs.MAY),
  WORKSPACE_READ(Kind.WORKSPACE, WORK, Programs.MAY),
  WORKSPACE_DELETE(Kind.WORKSPACE, WORK, Programs.MAY),
  SESSION_OPEN(Kind.WORKSPACE, WORK, Programs.MAY),
  SESSION_LIST(Kind.SESSION, WORK, Programs.MAY_IN_PART),
  SESSION_READ(Kind.SESSION, WORK, Programs.MAY),
  /** Ends it: programs, mount and key are gone. */
  SESSION_LOCK(Kind.SESSION, OVERSIGHT, Programs.MAY),
  /** Starts and ends them, sees what they print and types into them. */
  TERMINAL_USE(Kind.TERMINAL, WORK, Programs.MAY),
  API_KEY_LIST(Kind.API_KEY, WORK),
  API_KEY_CREATE(Kind.API_KEY, WORK),
  API_KEY_REVOKE(Kind.API_KEY, WORK),

  PEOPLE_LIST(Kind.PERSON, GOVERNMENT),
  PERSON_ADD(Kind.PERSON, GOVERNMENT),
  /** Role, quotas, disabled or not. */
  PERSON_CHANGE(Kind.PERSON, GOVERNMENT),
  PERSON_KEY_LIST(Kind.PERSON, GOVERNMENT),
  PERSON_KEY_ADD(Kind.PERSON, GOVERNMENT),
  PERSON_KEY_REVOKE(Kind.PERSON, GOVERNMENT),
  PERSON_DEVICE_LIST(Kind.PERSON, GOVERNMENT),
  PERSON_DEVICE_END(Kind.PERSON, GOVERNMENT),
  PERSON_SIGN_INS_READ(Kind.PERSON, GOVERNMENT),
  /** Sessions of everybody: whose, opened how and since when, and nothing of what is in them. */
  PERSON_SESSION_LIST(Kind.PERSON, GOVERNMENT),
  /** What everybody's workspaces take of the disk, summed up. */
  PERSON_STORAGE_LIST(Kind.PERSON, GOVERNMENT),
  INVITATION_LIST(Kind.INVITATION, GOVERNMENT),
  INVITATION_CREATE(Kind.INVITATION, GOVERNMENT),
  INVITATION_REVOKE(Kind.INVITATION, GOVERNMENT),
  SERVICE_ACCOUNT_LIST(Kind.SERVICE_ACCOUNT, GOVERNMENT),
  SERVICE_ACCOUNT_CREATE(Kind.SERVICE_ACCOUNT, GOVERNMENT),
  SERVICE_ACCOUNT_CHANGE(Kind.SERVICE_ACCOUNT, GOVERNMENT),
  SERVICE_ACCOUNT_KEY_LIST(Kind.SERVICE_ACCOUNT, GOVERNMENT),
  SERVICE_ACCOUNT_KEY_CREATE(Kind.SERVICE_ACCOUNT, GOVERNMENT),
  SERVICE_ACCOUNT_KEY_REVOKE(Kind.SERVICE_ACCOUNT, GOVERNMENT),
  PROVIDER_LIST(Kind.INSTALLATION, GOVERNMENT),

  AUDIT_READ(Kind.INSTALLATION, AUDIT),

  MAINTENANCE_PLAN(Kind.INSTALLATION, OWNERSHIP),
  /** Says that somebody has dealt with it. */
  ALERT_CLOSE(Kind.INSTALLATION, OWNERSHIP),
  /** Locks everything and signs everybody out, and lifts that again. */
  SERVER_STOP(Kind.INSTALLATION, OWNERSHIP),

  LINK_MAKE(Kind.INSTALLATION, "stack"),
  EMERGENCY_STOP(Kind.INSTALLATION, "stack"),
  /** Asks for it, plans and ends it, as owners may on the page. */
  MAINTENANCE_SET(Kind.INSTALLATION, "stack"),
  SIGN_IN_CARRY(Kind.INSTALLATION, "gateway"),
  TOKEN_FETCH(Kind.INSTALLATION, "gateway"),
  /** Whether sign-ins still hold. */
  SIGN_IN_CHECK(Kind.INSTALLATION, "gateway", "session", "workspace"),
  /** What it refused, for security events. */
  REFUSAL_REPORT(Kind.INSTALLATION, "gateway"),
  /** How far it has told of each key. */
  COUNTS_READ(Kind.INSTALLATION, "session"),
  LEASE_RENEW(Kind.SESSION, "gateway"),
  SESSION_REPORT(Kind.SESSION, "gateway"),
  /** Ciphertext of deleted workspaces: which is left, and that it is gone. */
  LEFTOVER_CLEAR(Kind.WORKSPACE, "gateway"),
  GRANT_FETCH(Kind.WORKSPACE, "session");

  private static final Set<Action> LOOKS =
      Collections.unmodifiableSet(
          EnumSet.of(
              PEOPLE_LIST,
              PERSON_KEY_LIST,
              PERSON_DEVICE_LIST,
              PERSON_SIGN_INS_READ,
              PERSON_SESSION_LIST,
              PERSON_STORAGE_LIST,
              INVITATION_LIST,
              SERVICE_ACCOUNT_LIST,
              SERVICE_ACCOUNT_KEY_LIST,
              AUDIT_READ));

  /** Whether an API key may have it as a scope. */
  private enum Programs {
    NEVER,
    MAY,
    /** Also with a scope for one workspace only: then it is answered for that one. */
    MAY_IN_PART
  }

  private final Kind kind;
  private final Reach reach;
  private final Programs programs;
  private final Set<String> parts;

  Action(Kind kind, Reach reach) {
    this(kind, reach, Programs.NEVER);
  }

  Action(Kind kind, Reach reach, Programs programs) {
    this.kind = kind;
    this.reach = reach;
    this.programs = programs;
    parts = Set.of();
  }

  Action(Kind kind, String... parts) {
    this.kind = kind;
    reach = PARTS;
    programs = Programs.NEVER;
    this.parts = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(parts)));
  }

  /** What it is done to. */
  public Kind kind() {
    return kind;
  }

  /** For instance {@code workspace.read}: the last word is what is done. */
  public String word() {
    String words = name().toLowerCase(Locale.ROOT).replace('_', '-');
    int last = words.lastIndexOf('-');
    return words.substring(0, last) + "." + words.substring(last + 1);
  }

  /** Empty for a word that is no action's. */
  public static Optional<Action> of(String word) {
    return Arrays.stream(values()).filter(action -> action.word().equals(word)).findFirst();
  }

  /** Whether the scope of an API key can name it: never what could make credentials. */
  public boolean isForPrograms() {
    return programs != Programs.NEVER;
  }

  /** Whether it only shows what is others', or what they did: who does that is told of. */
  public boolean isLook() {
    return LOOKS.contains(this);
  }

  boolean isAnsweredInPart() {
    return programs == Programs.MAY_IN_PART;
  }

  Reach reach() {
    return reach;
  }

  /** The parts that may, for what only parts do. */
  public Set<String> parts() {
    return parts;
  }
}
