// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A ledger in memory, written by the rules with a key of its own. */
final class Book {
  static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00.123456Z");
  private static final String[] STREAMS = {"session", "workspace", "security"};

  private final KeyPair pair;
  private final Frontier tree = new Frontier();
  private final Map<String, Row> streams = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();

  Book() {
    this(newKey());
  }

  Book(KeyPair pair) {
    this.pair = pair;
  }

  static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** So many rows, with a head behind each tenth and behind the last. */
  static Book of(int rows) {
    Book book = new Book();
    for (int i = 0; i < rows; i++) {
      book.add(fact(i));
      if (i % 10 == 9 || i == rows - 1) {
        book.sign();
      }
    }
    return book;
  }

  static Fact fact(int i) {
    return fact(i, STREAMS[i % STREAMS.length], "row " + i);
  }

  static Fact fact(int i, String stream, String detail) {
    return Fact.of(
        new UUID(1, i),
        BEGIN.plusSeconds(i),
        Fact.Who.cleaned("someone", "SHA256:x", "127.0.0.1"),
        Fact.What.cleaned(stream, "session-opened", "w", "s", detail),
        i % 7 == 0 ? Outcome.REFUSED : Outcome.ALLOWED,
        "idle");
  }

  Row add(Fact fact) {
    Row before = streams.get(fact.what().stream());
    Row row =
        Row.of(
            new Entry(
                tree.size(),
                before == null ? 0 : before.entry().streamSequence() + 1,
                before == null ? Hash.NONE : before.hash(),
                fact));
    tree.append(row.hash());
    streams.put(fact.what().stream(), row);
    lines.add(row);
    return row;
  }

  Head sign() {
    return sign(BEGIN.plusSeconds(tree.size()));
  }

  Head sign(Instant at) {
    Head head = head(pair, tree.size(), at, tree.root());
    lines.add(head);
    return head;
  }

  static Head head(KeyPair pair, long size, Instant at, Hash root) {
    return new Head(size, root, at, 1, signature(pair, Head.signed(size, at, root)));
  }

  private static String signature(KeyPair pair, byte[] message) {
    try {
      Signature signing = Signature.getInstance("SHA256withECDSA");
      signing.initSign(pair.getPrivate());
      signing.update(message);
      return Base64.getEncoder().encodeToString(signing.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The end of an export that was made at that time. */
  End end(Instant at) {
    byte[] signed = End.signed(tree.size(), at, tree.root());
    return new End(tree.size(), tree.root(), at, 1, signature(pair, signed));
  }

  KeyPair pair() {
    return pair;
  }

  HeadKeys keys() {
    return HeadKeys.parse(pem(pair));
  }

  static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** To be changed by an attacker. */
  List<Line> lines() {
    return new ArrayList<>(lines);
  }

  List<Line> heads() {
    return lines.stream().filter(Head.class::isInstance).toList();
  }

  /** Where row {@code seq} stands among these lines. */
  static int indexOf(List<Line> lines, long seq) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i) instanceof Row row && row.entry().seq() == seq) {
        return i;
      }
    }
    throw new AssertionError("no row " + seq);
  }

  static String text(List<? extends Line> lines) {
    return lines.stream().map(line -> LineWriter.write(line) + "\n").collect(Collectors.joining());
  }

  Verdict verify(List<? extends Line> export) {
    return verify(text(export), null);
  }

  Verdict verify(List<? extends Line> export, List<? extends Line> anchors) {
    return verify(text(export), text(anchors));
  }

  Verdict verifyExport(List<? extends Line> export, List<? extends Line> anchors) {
    try {
      return Verifier.verifyExport(
          keys(), new StringReader(text(export)), new StringReader(text(anchors)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Verdict verify(String export, @org.jspecify.annotations.Nullable String anchors) {
    try {
      return Verifier.verify(
          keys(), new StringReader(export), anchors == null ? null : new StringReader(anchors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
