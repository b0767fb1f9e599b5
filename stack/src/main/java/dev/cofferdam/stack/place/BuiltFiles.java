// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was built and fetched, in the checkout.
 *
 * @param root the checkout
 */
public record BuiltFiles(Path root) {
  static final String STARTS = "starts";

  /** The folders that parts run from, by the name of the room that each becomes. */
  Map<String, Path> folders() {
    Map<String, Path> folders = new LinkedHashMap<>();
    for (String service :
        new String[] {"auth-service", "session-service", "workspace-service", "terminal-gateway"}) {
      folders.put(service, root.resolve(service).resolve("target/quarkus-app"));
    }
    folders.put("sandbox-host", root.resolve("sandbox-host/target/host"));
    folders.put("agent", root.resolve("terminal-agent/target/agent"));
    folders.put("kafka", root.resolve("stack/target/kafka"));
    folders.put("stack", root.resolve("stack/target/stack"));
    folders.put("postgres", root.resolve(".coffer/tools/postgres"));
    folders.put("openbao", root.resolve(".coffer/tools/openbao"));
    folders.put("jdk", Path.of(System.getProperty("java.home")));
    folders.forEach(BuiltFiles::require);
    Path starts = StartCaches.folderIn(root);
    if (Files.isDirectory(starts)) {
      folders.put(STARTS, starts);
    }
    return folders;
  }

  private static void require(String name, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new dev.cofferdam.stack.process.StartFailure(
          name + " was not built: " + folder + " is missing");
    }
  }
}
