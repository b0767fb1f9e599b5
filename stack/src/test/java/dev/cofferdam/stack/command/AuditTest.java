// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.ledger.End;
import dev.cofferdam.ledger.Entry;
import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Frontier;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Head;
import dev.cofferdam.ledger.LineWriter;
import dev.cofferdam.ledger.Outcome;
import dev.cofferdam.ledger.Row;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An installation with a ledger of three rows, a head behind each. */
class AuditTest {
  private static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path data;
  private final List<String> rows = new ArrayList<>();
  private final List<String> heads = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private Path export;

  @BeforeEach
  void install() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Frontier tree = new Frontier();
    Hash prev = Hash.NONE;
    for (int i = 0; i < 3; i++) {
      Fact.What what = new Fact.What("s", "k", "", "", "row " + i);
      Fact fact = Fact.of(new UUID(0, i), BEGIN, Fact.Who.NOBODY, what, Outcome.ALLOWED, "");
      Row row = Row.of(new Entry(i, i, prev, fact));
      tree.append(row.hash());
      prev = row.hash();
      rows.add(LineWriter.write(row));
      heads.add(LineWriter.write(head(pair, tree, BEGIN.plus(Duration.ofHours(i)))));
      ends.add(LineWriter.write(end(pair, tree, BEGIN.plus(Duration.ofHours(i)).plusSeconds(1))));
    }
    Files.writeString(
        data.resolve("audit-key.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    Files.createDirectory(data.resolve("audit"));
    Files.write(data.resolve("audit/heads.jsonl"), heads);
    export = data.resolve("export");
  }

  private static Head head(KeyPair pair, Frontier tree, Instant at)
      throws GeneralSecurityException {
    String signature = signed(pair, Head.signed(tree.size(), at, tree.root()));
    return new Head(tree.size(), tree.root(), at, 1, signature);
  }

  private static End end(KeyPair pair, Frontier tree, Instant at) throws GeneralSecurityException {
    String signature = signed(pair, End.signed(tree.size(), at, tree.root()));
    return new End(tree.size(), tree.root(), at, 1, signature);
  }

  private static String signed(KeyPair pair, byte[] message) throws GeneralSecurityException {
    Signature signing = Signature.getInstance("SHA256withECDSA");
    signing.initSign(pair.getPrivate());
    signing.update(message);
    return Base64.getEncoder().encodeToString(signing.sign());
  }

  private int verify(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("verify", export.toString()));
    words.addAll(List.of("--data", data.toString()));
    words.addAll(List.of(more));
    return Audit.parse(words).verify();
  }

  private void export(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(rows.get(i));
      lines.add(heads.get(i));
    }
    lines.add(ends.get(count - 1));
    Files.write(export, lines);
  }

  @Test
  void isGoodByTheKeyOfTheInstallation() throws Exception {
    export(3);
    assertThat(verify()).isZero();
  }

  @Test
  void anEditedRowIsAFailure() throws Exception {
    export(3);
    Files.writeString(export, Files.readString(export).replace("row 1", "row 7"));
    assertThat(verify()).isEqualTo(1);
  }

  @Test
  void aCutTailIsAFailureWhateverTimeTheFileHas() throws Exception {
    export(3);
    List<String> lines = Files.readAllLines(export);
    for (int cut = 1; cut <= lines.size(); cut++) {
      Files.write(export, lines.subList(0, lines.size() - cut));
      Files.setLastModifiedTime(export, FileTime.from(BEGIN));
      assertThat(verify()).as("without the last %d lines", cut).isEqualTo(1);
    }
  }

  @Test
  void aSignatureForLessIsNoEnd() throws Exception {
    export(3);
    List<String> lines = new ArrayList<>(Files.readAllLines(export));
    lines.set(lines.size() - 1, heads.getLast().replace("\"head\"", "\"end\""));
    Files.write(export, lines);
    assertThat(verify()).isEqualTo(1);
    lines.set(lines.size() - 1, ends.get(1));
    Files.write(export, lines);
    assertThat(verify()).isEqualTo(1);
    lines.addAll(List.of(heads.getLast(), ends.getLast()));
    Files.write(export, lines);
    assertThat(verify()).isEqualTo(1);
  }

  @Test
  void aCopyOfAnExportFromBeforeTheNewestHeadIsGood() throws Exception {
    export(2);
    export = Files.copy(export, data.resolve("copy"));
    assertThat(verify()).isZero();
    assertThat(verify("--heads", data.resolve("audit/heads.jsonl").toString())).isZero();
  }

  @Test
  void aGivenKeyIsTakenWithoutTheInstallation() throws Exception {
    export(3);
    String key = data.resolve("audit-key.pem").toString();
    assertThat(Audit.parse(List.of("verify", export.toString(), "--key", key)).verify()).isZero();
  }

  @Test
  void whatCanNotBeReadIsNamed() throws Exception {
    export(3);
    assertThatThrownBy(() -> verify("--key", export.toString()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no public key");
    assertThatThrownBy(() -> verify("--heads", "/nonexistent"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("/nonexistent");
    Files.write(export, new byte[] {(byte) 0xff, 10});
    assertThatThrownBy(this::verify).isInstanceOf(StartFailure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "prove x",
        "verify",
        "verify a b",
        "verify a --key",
        "verify a --heads",
        "verify a --json",
        "verify a --data"
      })
  void wrongUsageIsSaid(String words) {
    List<String> split = words.isEmpty() ? List.of() : List.of(words.split(" "));
    assertThatThrownBy(() -> Audit.parse(split)).isInstanceOf(WrongUsage.class);
  }
}
