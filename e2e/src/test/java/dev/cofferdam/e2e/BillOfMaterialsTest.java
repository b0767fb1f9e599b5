// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** build/sbom.py, of what was built here and of a build that is made up. */
class BillOfMaterialsTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern PIN = Pattern.compile("(\\S+)==(\\S+) --hash=sha256:(\\S+)");
  private static final List<String> SERVICES =
      List.of("auth-service", "session-service", "workspace-service", "terminal-gateway");

  @TempDir Path folder;

  private record Result(int status, String out, String err) {
    JsonNode bill() throws IOException {
      assertThat(status).as(err).isZero();
      return new ObjectMapper().readTree(out);
    }
  }

  private Result run(Path checkout, String... more) throws Exception {
    Path script = CHECKOUT.resolve("build/sbom.py");
    List<String> words = new ArrayList<>(List.of("python3", "-B", script + "", checkout + ""));
    words.addAll(List.of(more));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int status = process.waitFor();
    return new Result(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private static Set<String> locations(JsonNode bill) {
    return new HashSet<>(bill.path("components").findValuesAsText("location"));
  }

  private static String sha256(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode component(JsonNode bill, String address) {
    for (JsonNode component : bill.path("components")) {
      if (component.path("purl").asText().equals(address)) {
        return component;
      }
    }
    throw new AssertionError("no " + address + " in " + bill.path("components").size());
  }

  /** Those in a folder of their own below target: the rest is for other modules alone. */
  private static List<Path> jarsThatRun() throws IOException {
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> modules = Files.list(CHECKOUT)) {
      for (Path target : modules.map(module -> module.resolve("target")).toList()) {
        if (Files.isDirectory(target) && !runsNowhere(target.getParent())) {
          try (Stream<Path> files = Files.walk(target)) {
            files
                .filter(file -> file.toString().endsWith(".jar"))
                .filter(file -> !file.getParent().equals(target))
                .filter(file -> !file.getParent().equals(target.resolve("surefire")))
                .forEach(jars::add);
          }
        }
      }
    }
    return jars;
  }

  private static boolean runsNowhere(Path module) {
    return module.endsWith("bench") || module.endsWith("e2e");
  }

  @Test
  void hasEveryJarThatRuns() throws Exception {
    List<String> jars =
        jarsThatRun().stream().map(jar -> CHECKOUT.relativize(jar).toString()).toList();
    assertThat(jars).hasSizeGreaterThan(800);
    assertThat(locations(run(CHECKOUT).bill())).containsAll(jars);
  }

  @Test
  void hasEveryToolThatIsPinnedAndWhatIsInIt() throws Exception {
    JsonNode bill = run(CHECKOUT).bill();
    int pins = 0;
    try (Stream<Path> files = Files.list(CHECKOUT.resolve("build"))) {
      for (Path file : files.filter(f -> f.toString().endsWith("-requirements.txt")).toList()) {
        Matcher pin = PIN.matcher(Files.readString(file));
        while (pin.find()) {
          pins++;
          JsonNode tool = component(bill, "pkg:pypi/" + pin.group(1) + "@" + pin.group(2));
          assertThat(tool.at("/hashes/0/content").asText()).isEqualTo(pin.group(3));
          assertThat(tool.at("/components/0/cpe").asText()).contains(":" + pin.group(2) + ":");
        }
      }
    }
    assertThat(pins).isGreaterThan(1);
    assertThat(bill.findValuesAsText("name")).contains("OpenBao", "PostgreSQL", "kafka-clients");
  }

  @Test
  void hasEveryPackageOfThePage() throws Exception {
    JsonNode bill = run(CHECKOUT).bill();
    JsonNode page = new ObjectMapper().readTree(CHECKOUT.resolve("web/package.json").toFile());
    assertThat(page.path("dependencies")).isNotEmpty();
    page.path("dependencies")
        .properties()
        .forEach(
            needed ->
                component(
                    bill,
                    "pkg:npm/"
                        + needed.getKey().replace("@", "%40")
                        + "@"
                        + needed.getValue().asText()));
  }

  @Test
  void isTheSameEachTime() throws Exception {
    assertThat(run(madeUp()).out()).isEqualTo(run(folder.resolve("checkout")).out());
  }

  private Path madeUp() throws IOException {
    Path checkout = folder.resolve("checkout");
    String none = "{\"packages\": {}}";
    write(checkout, "pom.xml", "<artifactId>cofferdam</artifactId>\n<version>3.2.1</version>");
    write(checkout, "web/package-lock.json", none);
    for (String service : SERVICES) {
      write(
          checkout,
          service + "/target/quarkus-app/quarkus-app-dependencies.txt",
          "org.example:one::jar:1.0\n");
    }
    for (String module : List.of("sandbox-host", "terminal-agent", "stack")) {
      write(
          checkout, module + "/target/dependencies.txt", "\n   org.example:two:jar:2.0:compile\n");
    }
    write(checkout, "sandbox-host/target/host/sandbox-host-3.2.1.jar", "ours");
    write(checkout, "terminal-agent/target/agent/two-2.0.jar", "two");
    write(checkout, "stack/target/stack/two-2.0.jar", "two");
    write(checkout, "stack/target/kafka/org.example.one-1.0.jar", "one");
    write(checkout, "stack/target/postgres/two-2.0.jar", "another two");
    return checkout;
  }

  private static void write(Path checkout, String file, String text) throws IOException {
    Path path = checkout.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void namesAJarByWhatTheBuildWroteDownAndWhereItLies() throws Exception {
    JsonNode bill = run(madeUp()).bill();
    JsonNode two = component(bill, "pkg:maven/org.example/two@2.0?type=jar");
    assertThat(two.at("/evidence/occurrences").findValuesAsText("location"))
        .containsExactly(
            "terminal-agent/target/agent/two-2.0.jar", "stack/target/stack/two-2.0.jar");
    assertThat(two.at("/hashes/0/content").asText())
        .isEqualTo(sha256(folder.resolve("checkout/stack/target/stack/two-2.0.jar")));
    component(bill, "pkg:maven/org.example/one@1.0?type=jar");
    component(bill, "pkg:maven/dev.cofferdam/sandbox-host@3.2.1?type=jar");
    List<String> names = bill.path("components").findValuesAsText("bom-ref");
    assertThat(names).doesNotHaveDuplicates().hasSize(8); // two by content, four lists of jars
  }

  @Test
  void takesLicencesFromMavenAndNothingThatIsNotShipped() throws Exception {
    String one = "pkg:maven/org.example/one@1.0?type=jar";
    String more = "pkg:maven/org.example/more@1?type=jar";
    String told =
        """
        {"components": [
          {"purl": "%1$s", "licenses": [{"license": {"id": "MIT"}}]},
          {"purl": "%2$s", "licenses": [{"license": {"id": "MIT"}}]}],
         "dependencies": [{"ref": "%1$s", "dependsOn": ["%2$s"]}, {"ref": "%2$s"}]}
        """
            .formatted(one, more);
    Path maven = Files.writeString(folder.resolve("maven.json"), told);
    JsonNode bill = run(madeUp(), maven.toString()).bill();
    assertThat(component(bill, one).at("/licenses/0/license/id").asText()).isEqualTo("MIT");
    assertThat(bill.path("dependencies").toString())
        .isEqualTo("[{\"ref\":\"" + one + "\",\"dependsOn\":[]}]");
    assertThat(bill.toString()).doesNotContain(more);
  }

  @Test
  void aJarThatNobodyWroteDownIsRefused() throws Exception {
    Path checkout = madeUp();
    write(checkout, "stack/target/kafka/slipped-in-1.0.jar", "?");
    Result result = run(checkout);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "coffer: stack/target/kafka/slipped-in-1.0.jar is nobody's: the build did not write it down\n");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aPinOfAnotherFormIsRefused() throws Exception {
    Path checkout = madeUp();
    write(checkout, "build/tool-requirements.txt", "tool>=1\n");
    assertThat(run(checkout).err()).contains("pins something in a way that is not known here");
  }

  @Test
  void whatWasNotBuiltIsSaid() throws Exception {
    Path checkout = madeUp();
    Trees.remove(checkout.resolve("stack/target/kafka"));
    assertThat(run(checkout).err())
        .isEqualTo("coffer: stack/target/kafka was not built: ./coffer up builds it\n");
    Files.delete(checkout.resolve("stack/target/dependencies.txt"));
    assertThat(run(checkout).err())
        .isEqualTo("coffer: stack/target/dependencies.txt was not built: ./coffer up builds it\n");
  }

  @Test
  void whatMavenCouldNotSayIsNotRemembered() throws Exception {
    String script =
        """
        set -euo pipefail
        root=$1
        . "$2/build/say.sh"
        . "$2/build/sbom.sh"
        need_built() { :; }
        maven() { echo "no such artifact"; return 1; }
        write_sbom
        """;
    Process process =
        new ProcessBuilder("bash", "-c", script, "sbom", madeUp() + "", CHECKOUT + "")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    assertThat(said).contains("asking Maven for licences", "failed", "no such artifact");
    assertThat(folder.resolve("checkout/.coffer/sbom")).isEmptyDirectory();
  }
}
