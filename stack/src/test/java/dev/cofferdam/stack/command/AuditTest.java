// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.ledger.Entry;
import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Flaw;
import dev.cofferdam.ledger.Frontier;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Head;
import dev.cofferdam.ledger.LineWriter;
import dev.cofferdam.ledger.Outcome;
import dev.cofferdam.ledger.Row;
import dev.cofferdam.ledger.Verdict;
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
      heads.add(LineWriter.write(head(pair, tree, BEGIN.plusSeconds(i))));
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
    Signature signing = Signature.getInstance("SHA256withECDSA");
    signing.initSign(pair.getPrivate());
    signing.update(Head.signed(tree.size(), at, tree.root()));
    String signature = Base64.getEncoder().encodeToString(signing.sign());
    return new Head(tree.size(), tree.root(), at, 1, signature);
  }

  private int verify(String... more) throws IOException {
    return parse(more).verify();
  }

  private Audit parse(String... more) {
    List<String> words = new ArrayList<>(List.of("verify", export.toString()));
    words.addAll(List.of("--data", data.toString()));
    words.addAll(List.of(more));
    return Audit.parse(words);
  }

  private void export(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(rows.get(i));
      lines.add(heads.get(i));
    }
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
  void aCutTailIsAFailureByTheHeadsOfTheInstallation() throws Exception {
    export(2);
    assertThat(verify()).isEqualTo(1);
  }

  @Test
  void ofWhatMayBeALaterCopyItIsSaidWhatToDo() {
    Verdict.Bad cut = new Verdict.Bad(2, Flaw.CUT, "why");
    Verdict.Bad edited = new Verdict.Bad(2, Flaw.EDITED, "why");
    assertThat(parse().hint(cut, BEGIN))
        .hasValueSatisfying(
            hint -> assertThat(hint).contains("2026-11-24T12:00:00Z").contains("cp -p"));
    assertThat(parse().hint(edited, BEGIN)).isEmpty();
    String heads = data.resolve("audit/heads.jsonl").toString();
    assertThat(parse("--heads", heads).hint(cut, BEGIN)).isEmpty();
  }

  @Test
  void anExportFromBeforeTheNewestHeadIsGood() throws Exception {
    export(2);
    Files.setLastModifiedTime(export, FileTime.from(BEGIN.plusSeconds(1)));
    assertThat(verify()).isZero();
    assertThat(verify("--heads", data.resolve("audit/heads.jsonl").toString())).isEqualTo(1);
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
