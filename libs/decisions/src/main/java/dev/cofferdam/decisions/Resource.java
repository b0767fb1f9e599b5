// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What something is done to.
 *
 * @param owner whose it is; empty for what belongs to the installation
 * @param workspace the one that it is or is in
 * @param ranks of a person that is acted upon: the role they have and the one they are given
 */
public record Resource(
    Kind kind, Optional<UserId> owner, Optional<WorkspaceId> workspace, Set<Role> ranks) {
  public Resource {
    ranks = Set.copyOf(ranks);
  }

  /** No account has it: ids are random, version 4. */
  private static final UserId NOBODY = new UserId(new UUID(0, 0));

  /** The installation's: lists of people, a person who is to be. */
  public static Resource ofInstallation(Kind kind) {
    return new Resource(kind, Optional.empty(), Optional.empty(), Set.of());
  }

  /**
   * Something of a person that is in no workspace: a key, a device, or their list of workspaces.
   */
  public static Resource of(Kind kind, UserId owner) {
    return new Resource(kind, Optional.of(owner), Optional.empty(), Set.of());
  }

  public static Resource workspace(UserId owner, WorkspaceId workspace) {
    return in(Kind.WORKSPACE, owner, workspace);
  }

  /** A session or a terminal. */
  public static Resource in(Kind kind, UserId owner, WorkspaceId workspace) {
    return new Resource(kind, Optional.of(owner), Optional.of(workspace), Set.of());
  }

  /** A person that others look after. */
  public static Resource person(UserId person, Role role) {
    return new Resource(Kind.PERSON, Optional.of(person), Optional.empty(), Set.of(role));
  }

  /** A person, an invitation or a service account that is to have this role. */
  public Resource becoming(Role given) {
    Set<Role> both = EnumSet.of(given);
    both.addAll(ranks);
    return new Resource(kind, owner, workspace, both);
  }

  /** What an id names that is not there: decided like something of somebody else. */
  public static Resource unknown(Kind kind) {
    return of(kind, NOBODY);
  }

  /** Whether it is what {@link #unknown} says. */
  public boolean isUnknown() {
    return isOf(NOBODY);
  }

  boolean isOf(UserId user) {
    return owner.filter(user::equals).isPresent();
  }
}
