// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import java.util.Locale;

/** What an account is for; each has one. */
public enum Role {
  /** Everything an admin may, and making and unmaking admins and owners. */
  OWNER,
  /** People, their sign-ins and sessions; never the inside of somebody else's workspace. */
  ADMIN,
  /** Own workspaces and nothing of others. */
  MEMBER,
  /** Reads the record of what happened, and nothing else. */
  AUDITOR;

  /** As in tokens, answers and the database: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #wireName()}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Role parse(String text) {
    for (Role role : values()) {
      if (role.wireName().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("a role is owner, admin, member or auditor");
  }
}
