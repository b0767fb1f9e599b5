// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The unpacked distribution in the checkout's tools, prepared once for the database in memory: that
 * takes half a minute, a start of what is prepared a few seconds.
 */
final class KeycloakFiles {
  private static final String DISTRIBUTION = "keycloak";
  private static final Duration LONGEST = Duration.ofMinutes(4);
  private static final String UNUSED = "kerberos,ciba,device-flow,par,impersonation,admin";

  private KeycloakFiles() {}

  /** The folder of the distribution, ready to be started with {@code --optimized}. */
  static Path prepared() {
    Path home = home(Tools.requireFolder(DISTRIBUTION));
    Path done = home.resolve("prepared");
    try (FileChannel lock =
        FileChannel.open(
            home.resolve("preparing"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      if (Files.notExists(done) || !Files.readString(done).equals(state(home))) {
        prepare(home);
        Files.writeString(done, state(home));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home;
  }

  /** Preparing makes this file anew; unpacking once more puts the first one back. */
  private static String state(Path home) throws IOException {
    return Long.toString(Files.size(home.resolve("lib/quarkus/generated-bytecode.jar")));
  }

  private static void prepare(Path home) {
    List<String> command =
        List.of(
            "env",
            "JAVA=" + Path.of(System.getProperty("java.home"), "bin", "java"),
            "bash",
            home.resolve("bin/kc.sh").toString(),
            "build",
            "--db=dev-mem",
            "--features-disabled=" + UNUSED);
    Child.start(home.resolve("prepare.log"), false, "", command).awaitSuccess(LONGEST);
  }

  /** The archive holds one folder, named for its version. */
  private static Path home(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> Files.isDirectory(each.resolve("lib/lib")))
          .findFirst()
          .orElseThrow(() -> new TestkitException("no Keycloak in " + folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
