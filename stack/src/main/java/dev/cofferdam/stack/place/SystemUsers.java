// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import dev.cofferdam.stack.installation.Accounts;
import dev.cofferdam.stack.installation.Installation;
import dev.cofferdam.stack.process.ShortCommand;
import dev.cofferdam.stack.process.StartFailure;

/** Makes the system users of an installation where they are missing, useradd(8), subuid(5). */
final class SystemUsers {
  private final Accounts accounts = new Accounts();
  private final Installation installation;

  private SystemUsers(Installation installation) {
    this.installation = installation;
  }

  /**
   * @throws StartFailure if they can't be made, or have ids in common with somebody else
   */
  static void ensure(Installation installation) {
    new SystemUsers(installation).ensure();
  }

  private void ensure() {
    for (PartUser user : PartUser.ALL) {
      String name = installation.name(user.name());
      if (accounts.uidOf(name).isEmpty()) {
        ShortCommand.require(
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            name);
      }
    }
    String sandbox = installation.name(PartUser.SANDBOX.name());
    String gateway = installation.name(PartUser.GATEWAY.name());
    // A box's directory may be passed by the group of sandbox-host: the gateway goes to its agent.
    ShortCommand.require("usermod", "--append", "--groups", sandbox, gateway);
    if (!accounts.hasSubordinate(sandbox)) {
      Accounts.Ids free = accounts.free(sandbox);
      String range = free.first() + "-" + (free.end() - 1);
      ShortCommand.require("usermod", "--add-subuids", range, "--add-subgids", range, sandbox);
    }
    accounts.requireOwn(sandbox);
  }
}
