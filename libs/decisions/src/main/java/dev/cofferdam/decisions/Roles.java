// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

import dev.cofferdam.identity.Role;

/** What each role is good for. */
final class Roles {
  private Roles() {}

  /** Whether people of this role have workspaces, sessions and keys for programs. */
  static boolean works(Role role) {
    return switch (role) {
      case OWNER, ADMIN, MEMBER -> true;
      case AUDITOR -> false;
    };
  }

  /** Whether they look after people, sign-ins and sessions. */
  static boolean governs(Role role) {
    return switch (role) {
      case OWNER, ADMIN -> true;
      case MEMBER, AUDITOR -> false;
    };
  }

  /** Whether they may do so to somebody who has, or is given, this role. */
  static boolean governs(Role role, Role other) {
    return switch (other) {
      case OWNER, ADMIN -> role == Role.OWNER;
      case MEMBER, AUDITOR -> governs(role);
    };
  }

  static boolean owns(Role role) {
    return role == Role.OWNER;
  }

  static boolean audits(Role role) {
    return switch (role) {
      case OWNER, AUDITOR -> true;
      case ADMIN, MEMBER -> false;
    };
  }
}
