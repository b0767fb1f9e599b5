// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit.permission;

/** Who tries each route; in the order of the table's columns. */
public enum Persona {
  /** A member whose thing it is. */
  ITS_OWNER,
  /** A member whose thing it is not. */
  ANOTHER_MEMBER,
  ADMIN,
  /** Who has the role owner; the thing is a member's. */
  OWNER,
  AUDITOR,
  /** An API key of the thing's owner, with the action as its only scope. */
  KEY_WITH_SCOPE,
  /** One with every scope but that one. */
  KEY_WITHOUT_SCOPE,
  SIGNED_OUT,
  /** The thing's owner, with a credential whose time is over. */
  EXPIRED
}
