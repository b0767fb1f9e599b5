// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the launcher looks for a JDK 25, and what it says where there is none. */
class FindsJdkTest {
  private static final String FIND = "need_jdk; printf %s \"$JAVA_HOME\"";
  private static final String HAS_PACKAGE = "[ \"$*\" = 'show openjdk-25-jdk-headless' ]";
  @TempDir Path folder;
  private Bash bash;

  @BeforeEach
  void makeMachine() {
    bash = new Bash(folder).standIn("apt-cache", "exit 100");
  }

  private void assertFinds(Path home) {
    Bash.Result result = bash.run(FIND);
    assertThat(result).isEqualTo(new Bash.Result(0, home.toString(), ""));
  }

  @Test
  void javaHomeComesFirst() {
    Path right = bash.jdk("named", "25.0.1");
    bash.javaHome(right).javacOnPath(bash.jdk("on-path", "25.0.2"));
    assertFinds(right);
  }

  @Test
  void oneThatIsTooOldIsPassedOverForThatOnPath() {
    Path right = bash.jdk("on-path", "26");
    bash.javaHome(bash.jdk("named", "21.0.9")).javacOnPath(right);
    assertFinds(right);
  }

  @Test
  void thenThoseThatAreInstalled() {
    bash.javacOnPath(bash.jdk("on-path", "24.0.2")).installed(bash.jdk("java-25-x", "25.0.1"));
    assertFinds(Path.of("/usr/lib/jvm/java-25-x"));
  }

  @Test
  void andThoseOfAPersonsOwn() {
    Path right = bash.jdk("home/.sdkman/candidates/java/25-tem", "25");
    assertFinds(right);
  }

  @Test
  void aRuntimeWithoutCompilerIsNone() throws Exception {
    Path runtime = bash.jdk("runtime", "25.0.1");
    java.nio.file.Files.delete(runtime.resolve("bin/javac"));
    bash.javaHome(runtime);
    assertThat(bash.run(FIND).status()).isEqualTo(3);
  }

  @Test
  void otherwiseItIsOneLineWithTheWaysToGetItAndStatus3() {
    Bash.Result result = bash.run(FIND);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err())
        .startsWith("coffer: JDK 25 is needed")
        .contains("openjdk-25-jdk-headless", "Temurin", "JAVA_HOME");
  }

  @Test
  void theDistributionsOwnIsInstalledWhereItHasOne() {
    bash.standIn("apt-cache", HAS_PACKAGE)
        .standIn("id", "echo 0")
        .standIn(
            "apt-get",
            "[ \"$1\" = update ] || for home in /usr/lib/jvm/java-25-openjdk; do mkdir -p $home/bin;"
                + " echo 'JAVA_VERSION=\"25.0.1\"' > $home/release;"
                + " printf '#!/bin/sh\\n' > $home/bin/javac; chmod +x $home/bin/javac; done");
    Bash.Result result = bash.run(FIND);
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(result.out())
        .contains("missing packages: openjdk-25-jdk-headless")
        .endsWith("/usr/lib/jvm/java-25-openjdk");
  }

  @Test
  void whoMayNotInstallItReadsTheCommand() {
    bash.standIn("apt-cache", HAS_PACKAGE)
        .standIn("id", "echo 1000")
        .standIn("apt-get", "echo never >> $SAID");
    Bash.Result result = bash.run(FIND);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            "coffer: run this as root first: apt-get update && apt-get install -y"
                + " --no-install-recommends openjdk-25-jdk-headless\n");
    assertThat(bash.said()).isEmpty();
  }
}
