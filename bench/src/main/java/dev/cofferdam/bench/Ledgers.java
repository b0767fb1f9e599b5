// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.bench;

import dev.cofferdam.ledger.Entry;
import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Frontier;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Head;
import dev.cofferdam.ledger.HeadKeys;
import dev.cofferdam.ledger.LineWriter;
import dev.cofferdam.ledger.Merkle;
import dev.cofferdam.ledger.Outcome;
import dev.cofferdam.ledger.Row;
import dev.cofferdam.ledger.Verdict;
import dev.cofferdam.ledger.Verifier;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * The audit ledger without a database: how fast an export is verified and how long the proof of one
 * entry in a million is.
 */
final class Ledgers {
  private static final int ENTRIES = 200_000;
  private static final int ENTRIES_A_HEAD = 1000;
  private static final int MILLION = 1_000_000;
  private static final int TURNS = 5;
  private static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00.123456Z");

  private final Report report;

  Ledgers(Report report) {
    this.report = report;
  }

  /** Alone: {@code java -cp … dev.cofferdam.bench.Ledgers}, no product has to run. */
  public static void main(String[] args) {
    Report report = new Report();
    new Ledgers(report).run();
    report.table();
  }

  void run() {
    try {
      verifying();
      proof();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void verifying() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    Path export = Files.createTempFile("coffer-bench", ".jsonl");
    try {
      write(export, pair);
      HeadKeys keys = HeadKeys.parse(pem);
      double[] rates = new double[TURNS];
      for (int turn = 0; turn < TURNS; turn++) {
        rates[turn] = verify(export, keys);
      }
      java.util.Arrays.sort(rates);
      report.atLeast(
          "audit entries verified a second",
          rates[TURNS / 2],
          "",
          100_000,
          "one processor, middle of 5");
    } finally {
      Files.delete(export);
    }
  }

  /** By the time of the processor that it took: one thread does it, and others may be busy. */
  private static double verify(Path export, HeadKeys keys) throws IOException {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long begin = clock.getCurrentThreadCpuTime();
    try (Reader lines = Files.newBufferedReader(export)) {
      if (!(Verifier.verify(keys, lines, null) instanceof Verdict.Good)) {
        throw new IllegalStateException("the ledger is not good");
      }
    }
    return ENTRIES * 1e9 / (clock.getCurrentThreadCpuTime() - begin);
  }

  private static void write(Path export, KeyPair pair)
      throws IOException, GeneralSecurityException {
    Frontier tree = new Frontier();
    Hash prev = Hash.NONE;
    try (BufferedWriter to = Files.newBufferedWriter(export)) {
      for (int i = 0; i < ENTRIES; i++) {
        Row row = Row.of(new Entry(i, i, prev, fact(i)));
        prev = row.hash();
        tree.append(prev);
        to.write(LineWriter.write(row) + "\n");
        if ((i + 1) % ENTRIES_A_HEAD == 0) {
          to.write(LineWriter.write(head(tree, pair)) + "\n");
        }
      }
    }
  }

  private static Fact fact(int i) {
    String id = new UUID(i, i).toString();
    return Fact.of(
        new UUID(1, i),
        BEGIN.plusMillis(i),
        Fact.Who.cleaned(id, id, "192.0.2.17"),
        Fact.What.cleaned("session", "session-opening", id, id, ""),
        Outcome.ALLOWED,
        "");
  }

  private static Head head(Frontier tree, KeyPair pair) throws GeneralSecurityException {
    Signature signing = Signature.getInstance("SHA256withECDSA");
    signing.initSign(pair.getPrivate());
    signing.update(Head.signed(tree.size(), BEGIN, tree.root()));
    return new Head(
        tree.size(), tree.root(), BEGIN, 1, Base64.getEncoder().encodeToString(signing.sign()));
  }

  /** With the hashes in hexadecimal, as the API answers, entry and head beside it. */
  private void proof() {
    List<List<Hash>> levels = new ArrayList<>();
    for (int level = 0; level < 21; level++) {
      levels.add(new ArrayList<>());
    }
    Frontier tree = new Frontier();
    for (int i = 0; i < MILLION; i++) {
      Hash entry = Hash.parse("%064x".formatted(i));
      List<Hash> completed = tree.append(entry);
      levels.getFirst().add(Merkle.leaf(entry));
      for (int level = 1; level <= completed.size(); level++) {
        levels.get(level).add(completed.get(level - 1));
      }
    }
    List<Hash> path =
        Merkle.inclusion((level, index) -> levels.get(level).get((int) index), 0, MILLION);
    Hash first = Hash.parse("0".repeat(64));
    if (!Merkle.isIncluded(first, 0, MILLION, path, tree.root())) {
      throw new IllegalStateException("the proof proves nothing");
    }
    String entry = LineWriter.write(Row.of(new Entry(0, 0, Hash.NONE, fact(0))));
    String head = LineWriter.write(new Head(MILLION, tree.root(), BEGIN, 1, "x".repeat(96)));
    int bytes = ("{'entry':" + entry + ",'head':" + head + ",'path':" + path + "}").length();
    int quotes = 2 * path.size();
    report.atMost(
        "proof of one audit entry in a million",
        bytes + quotes,
        "bytes",
        4096,
        path.size() + " hashes");
  }
}
