// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

/**
 * What people, the gateway, boxes and time do. A session is named by how many are newer (from 0),
 * so a command means something wherever it stands: most come late, twice, or for what has ended.
 */
sealed interface Command {
  /** By the owner of the workspace. */
  record Open(int workspace, Trouble trouble) implements Command {}

  enum Trouble {
    NONE,
    /** Cannot come with another command at the same time. */
    VAULT_AWAY,
    /** In the sandbox of the newest session. */
    USED_SANDBOX
  }

  /** By somebody whose workspace it is not. */
  record OpenForeign(int workspace) implements Command {}

  /** The gateway says what became of it; unless it is OPENED, its box is gone by then. */
  record Report(int session, Became became, String reason) implements Command {}

  enum Became {
    OPENED,
    FAILED,
    LOCKED,
    ENDED
  }

  record Warn(int session) implements Command {}

  record Resume(int session) implements Command {}

  record Lock(int session, By by) implements Command {}

  enum By {
    OWNER,
    ADMIN,
    STRANGER,
    GATEWAY
  }

  /** The gateway asks for a ticket that renews the lease. */
  record Renew(int session, boolean ofItsSandbox) implements Command {}

  /** Somebody asks for a ticket to a terminal. */
  record Terminal(int session) implements Command {}

  /** The agent hears of the newest ticket that it has not seen, be it late. */
  record Take(int session) implements Command {}

  /** The box is gone and nobody has said so. */
  record Die(int session) implements Command {}

  /** Of the person, all at once; they sign in anew. */
  record EndSignIn(int person) implements Command {}

  /** The gateway tells which boxes there are. */
  record Lost() implements Command {}

  record Stop(boolean isOn) implements Command {}

  /** Planned for now, or over. Alone: what opens beside it locks at the next look. */
  record Maintain(boolean isOn) implements Command {}

  /**
   * Then two replicas look for what is due, at once.
   *
   * @param how whether anybody renews leases meanwhile
   * @param isCutFirst a third one dies of it before
   */
  record Later(int seconds, How how, boolean isCutFirst) implements Command {}

  enum How {
    NOBODY_RENEWS,
    ALL_ARE_RENEWED,
    /** Not time passes, somebody sets the service's clock; also back. */
    CLOCK_IS_SET
  }

  /** The connection to the database breaks while it is carried out. */
  record Cut(Command command) implements Command {}

  /** In either order. */
  record AtOnce(Command one, Command other) implements Command {}
}
