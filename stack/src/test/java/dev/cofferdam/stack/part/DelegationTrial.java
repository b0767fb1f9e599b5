// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.process.Launch;
import dev.cofferdam.stack.process.Spawner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Run as root where control groups of version 2 are mounted for nobody else: delegates them to a
 * user and prints what came of it; then, as a part of that user, makes a group, moves a child there
 * and prints where the two are.
 */
final class DelegationTrial {
  private static final String TRY =
      "set -e; mkdir $0/box;"
          + " sh -c 'echo $$ > '$0'/box/cgroup.procs; grep ^0:: /proc/self/cgroup; id -un';"
          + " rmdir $0/box; grep ^0:: /proc/self/cgroup";

  private DelegationTrial() {}

  /**
   * @param args where they are mounted, the user, and controllers
   */
  public static void main(String[] args) throws Exception {
    PartUser user = new PartUser(args[1]);
    List<String> controllers = List.of(args).subList(2, args.length);
    ControlGroups.Delegation delegation =
        new ControlGroups(true, Path.of(args[0]), controllers, args[1], "cofferdam-7").delegate();
    System.out.println("missing: " + delegation.missing().orElse("nothing"));
    if (delegation.entry().isPresent()) {
      String group = delegation.settings().get("coffer.cgroup.v2");
      Launch launch =
          new Launch(
              List.of("sh", "-c", TRY, group),
              user,
              Map.of(),
              false,
              Launch.Rights.NONE,
              delegation.entry());
      Process part = new Spawner(true, PartUser::name).start(launch);
      System.out.print(new String(part.getInputStream().readAllBytes(), UTF_8));
      part.waitFor();
    }
  }
}
