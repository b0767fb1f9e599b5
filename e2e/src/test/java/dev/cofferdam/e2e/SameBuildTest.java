// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** build/compare.py, of two builds that are made up. */
class SameBuildTest {
  private static final Path SCRIPT =
      Path.of("").toAbsolutePath().getParent().resolve("build/compare.py");
  private static final String GENERATED =
      "auth-service/target/quarkus-app/quarkus/generated-bytecode.jar";
  private static final String TRANSFORMED =
      "auth-service/target/quarkus-app/quarkus/transformed-bytecode.jar";
  private static final List<String> SHIPPED =
      List.of(
          "auth-service/target/quarkus-app/quarkus-run.jar",
          "session-service/target/quarkus-app/quarkus-run.jar",
          "workspace-service/target/quarkus-app/quarkus-run.jar",
          "terminal-gateway/target/quarkus-app/quarkus-run.jar",
          "sandbox-host/target/host/a.jar",
          "terminal-agent/target/agent/agent.aot",
          "stack/target/stack/a.jar",
          "stack/target/kafka/a.jar",
          "stack/target/postgres/a.jar",
          "web/dist/index.html");

  @TempDir Path folder;

  private record Result(int status, String said) {}

  @BeforeEach
  void makeTwo() throws IOException {
    for (String build : List.of("one", "other")) {
      for (String file : SHIPPED) {
        write(build, file, "the same");
      }
      generated(build, GENERATED, "proxykey7", "audit");
    }
  }

  private Path file(String build, String name) throws IOException {
    Path file = folder.resolve(build).resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  private void write(String build, String name, String text) throws IOException {
    Files.writeString(file(build, name), text);
  }

  /** A class that answers these texts, in this order. */
  private void generated(String build, String jarName, String... texts) throws IOException {
    byte[] code =
        ClassFile.of()
            .build(
                ClassDesc.of("Recorded"),
                made -> {
                  for (int i = 0; i < texts.length; i++) {
                    String text = texts[i];
                    made.withMethodBody(
                        "step" + i,
                        MethodTypeDesc.of(CD_String),
                        ClassFile.ACC_STATIC,
                        body -> body.ldc(text).areturn());
                  }
                });
    try (OutputStream file = Files.newOutputStream(file(build, jarName));
        ZipOutputStream jar = new ZipOutputStream(file, UTF_8)) {
      ZipEntry entry = new ZipEntry("Recorded.class");
      entry.setTime(0);
      jar.putNextEntry(entry);
      jar.write(code);
    }
  }

  private Result compare() throws Exception {
    Process process =
        new ProcessBuilder(
                "python3",
                "-B",
                SCRIPT.toString(),
                folder.resolve("one").toString(),
                folder.resolve("other").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), said);
  }

  @Test
  void twoThatAreEqualAreCounted() throws Exception {
    assertThat(compare()).isEqualTo(new Result(0, "11 of 11 files are equal, byte by byte\n"));
  }

  @Test
  void aByteOfAJarIsADifference() throws Exception {
    write("other", "stack/target/kafka/a.jar", "the sane");
    Result result = compare();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.said())
        .contains("10 of 11 files", "coffer: stack/target/kafka/a.jar differs");
  }

  @Test
  void soIsAByteOfThePageAndAFileOfOneAlone() throws Exception {
    write("one", "web/dist/index.html", "another");
    write("other", "web/dist/more.js", "");
    Result result = compare();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.said())
        .contains("web/dist/index.html differs", "only one build has web/dist/more.js");
  }

  @Test
  void generatedClassesMayBeInAnotherOrderAndNumberedOtherwise() throws Exception {
    generated("other", GENERATED, "audit", "proxykey12");
    assertThat(compare())
        .isEqualTo(
            new Result(
                0,
                GENERATED
                    + ": 0 entries are equal, 1 in names and texts\n"
                    + "10 of 11 files are equal, byte by byte\n"));
  }

  @Test
  void butSayNothingElse() throws Exception {
    generated("other", GENERATED, "proxykey12", "no audit");
    Result result = compare();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.said()).contains("coffer: " + GENERATED + " has another Recorded.class");
  }

  @Test
  void classesThatWerePutTogetherMayNotBeNumberedOtherwise() throws Exception {
    generated("one", TRANSFORMED, "proxykey7");
    generated("other", TRANSFORMED, "proxykey12");
    Result result = compare();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.said()).contains("coffer: " + TRANSFORMED + " has another Recorded.class");
  }

  @Test
  void whatTheMachineWritesForItselfIsNotCompared() throws Exception {
    write("other", "terminal-agent/target/agent/agent.aot", "of another time");
    Result result = compare();
    assertThat(result.status()).isZero();
    assertThat(result.said()).contains("agent.aot: of the JVM, not compared");
  }
}
