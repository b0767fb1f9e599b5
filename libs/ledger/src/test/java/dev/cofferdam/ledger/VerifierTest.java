// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Each way to lie about a ledger of a thousand rows, and what is said of it. */
class VerifierTest {
  private static final int ROWS = 1000;

  private final Book book = Book.of(ROWS);
  private final List<Line> lines = book.lines();

  private void found(Verdict verdict, long row, Flaw flaw) {
    assertThat(verdict).isInstanceOf(Verdict.Bad.class);
    Verdict.Bad bad = (Verdict.Bad) verdict;
    assertThat(bad.flaw()).as(bad.toString()).isEqualTo(flaw);
    assertThat(bad.row()).as(bad.toString()).isEqualTo(row);
    assertThat(bad.why()).doesNotContain("\n").isNotBlank();
  }

  private Row row(long seq) {
    return (Row) lines.get(Book.indexOf(lines, seq));
  }

  private void replace(long seq, Row by) {
    lines.set(Book.indexOf(lines, seq), by);
  }

  /** The same row with something else in it, and a hash that fits. */
  private static Row forged(Row row, String detail) {
    Entry old = row.entry();
    Fact.What was = old.fact().what();
    Fact fact =
        Fact.of(
            old.fact().event(),
            old.fact().at(),
            old.fact().who(),
            new Fact.What(was.stream(), was.kind(), was.workspace(), was.subject(), detail),
            old.fact().outcome(),
            old.fact().reason());
    return Row.of(new Entry(old.seq(), old.streamSequence(), old.prev(), fact));
  }

  @Test
  void isGood() {
    assertThat(book.verify(lines))
        .isEqualTo(new Verdict.Good(ROWS, 100, ROWS, Book.BEGIN.plusSeconds(ROWS)));
  }

  @Test
  void isGoodWithTheHeadsThatWereKeptElsewhere() {
    assertThat(book.verify(lines, book.heads()))
        .isEqualTo(new Verdict.Good(ROWS, 200, ROWS, Book.BEGIN.plusSeconds(ROWS)));
  }

  @Test
  void isGoodWithoutAnything() {
    assertThat(book.verify(List.of())).isInstanceOf(Verdict.Good.class);
  }

  @Test
  void saysHowFarTheHeadsReach() {
    book.add(Book.fact(ROWS));
    book.add(Book.fact(ROWS + 1));
    assertThat(book.verify(book.lines()))
        .isEqualTo(new Verdict.Good(ROWS + 2, 100, ROWS, Book.BEGIN.plusSeconds(ROWS)));
  }

  @Test
  void findsAnEditedRow() {
    replace(10, new Row(forged(row(10), "other").entry(), row(10).hash()));
    found(book.verify(lines), 10, Flaw.EDITED);
  }

  @Test
  void findsEveryEditedFieldOfARow() {
    String line = LineWriter.write(row(10));
    List<String> edits =
        List.of(
            line.replace("\"streamSequence\":3", "\"streamSequence\":4"),
            line.replace("12:00:10.123456", "12:00:10.123457"),
            line.replace("session-opened", "session-closed"),
            line.replace("someone", "nobody"),
            line.replace("SHA256:x", "SHA256:y"),
            line.replace("127.0.0.1", "127.0.0.2"),
            line.replace("\"workspace\":\"w\"", "\"workspace\":\"v\""),
            line.replace("\"subject\":\"s\"", "\"subject\":\"\""),
            line.replace("\"stream\":\"workspace\"", "\"stream\":\"security\""),
            line.replace("allowed", "refused"),
            line.replace("idle", "user"),
            line.replace("row 10", "row 11"),
            line.replace("00000000000a", "00000000000b"),
            line.replace("\"prev\":\"" + row(10).entry().prev(), "\"prev\":\"" + Hash.NONE),
            line.replace("\"hash\":\"" + row(10).hash(), "\"hash\":\"" + Hash.NONE));
    for (String edit : edits) {
      assertThat(edit).isNotEqualTo(line);
      found(book.verify(Book.text(lines).replace(line, edit), null), 10, Flaw.EDITED);
    }
  }

  @Test
  void findsARowThatSaysTheSameInOtherLetters() {
    String line = LineWriter.write(row(10));
    String hash = row(10).hash().toString();
    List<String> edits =
        List.of(
            line.replace(hash, hash.toUpperCase(Locale.ROOT)),
            line.replace("\"seq\":10,", "\"seq\":\"10\","),
            line.replace("10.123456Z", "10.123456000Z"),
            line.replace("10.123456Z", "10.123456+00:00"),
            line.replace("\"kind\":", "\"kind\": "),
            line.replace("row 10", "row\\u002010"),
            line.replace("{\"type\":\"entry\",", "{").replace("}", ",\"type\":\"entry\"}"),
            line + " ");
    for (String edit : edits) {
      assertThat(edit).isNotEqualTo(line);
      found(book.verify(Book.text(lines).replace(line, edit), null), 10, Flaw.UNREADABLE);
    }
  }

  @Test
  void findsASignatureInOtherLetters() {
    Head head =
        book.heads().stream()
            .map(Head.class::cast)
            .filter(one -> one.signature().endsWith("="))
            .findFirst()
            .orElseThrow();
    String signature = head.signature();
    int padding = signature.length() - signature.replace("=", "").length();
    int last = signature.length() - padding - 1;
    String other =
        signature.substring(0, last)
            + (char) (signature.charAt(last) + 1)
            + signature.substring(last + 1);
    assertThat(Base64.getDecoder().decode(other)).isEqualTo(Base64.getDecoder().decode(signature));
    String text = Book.text(lines).replace(signature, other);
    found(book.verify(text, null), head.size() - 1, Flaw.BAD_SIGNATURE);
  }

  @Test
  void takesTheLineEndsOfOtherSystems() {
    String text = Book.text(lines).replace("\n", "\r\n");
    assertThat(book.verify(text, null)).isInstanceOf(Verdict.Good.class);
  }

  @Test
  void findsAnEditedRowWhoseHashWasMadeToFit() {
    // Row 11 is of another stream; row 13 is the next of this one, and no head is in between.
    replace(11, forged(row(11), "other"));
    found(book.verify(lines), 11, Flaw.EDITED);
  }

  @Test
  void findsAnEditedRowInFrontOfAHead() {
    replace(999, forged(row(999), "other"));
    found(book.verify(lines), 990, Flaw.REWRITTEN);
  }

  @Test
  void findsADroppedRow() {
    lines.remove(Book.indexOf(lines, 500));
    found(book.verify(lines), 500, Flaw.DROPPED);
  }

  @Test
  void findsADroppedFirstRow() {
    lines.removeFirst();
    found(book.verify(lines), 0, Flaw.DROPPED);
  }

  @Test
  void findsADroppedRowThoughTheOthersMovedUp() {
    List<Line> moved = new ArrayList<>();
    for (Line line : lines) {
      if (line instanceof Row row && row.entry().seq() >= 500) {
        if (row.entry().seq() > 500) {
          Entry e = row.entry();
          moved.add(
              new Row(new Entry(e.seq() - 1, e.streamSequence(), e.prev(), e.fact()), row.hash()));
        }
      } else {
        moved.add(line);
      }
    }
    found(book.verify(moved), 500, Flaw.EDITED);
  }

  @Test
  void findsReorderedRows() {
    int at = Book.indexOf(lines, 20);
    lines.add(at + 1, lines.remove(at));
    found(book.verify(lines), 20, Flaw.REORDERED);
  }

  @Test
  void findsReorderedFacts() {
    Row a = row(21);
    Row b = row(24);
    replace(
        21, Row.of(new Entry(21, a.entry().streamSequence(), a.entry().prev(), b.entry().fact())));
    replace(
        24, Row.of(new Entry(24, b.entry().streamSequence(), b.entry().prev(), a.entry().fact())));
    found(book.verify(lines), 21, Flaw.EDITED);
  }

  @Test
  void findsARowOfASecondWriterWithANumberThatIsTaken() {
    lines.add(Book.indexOf(lines, 30) + 1, forged(row(30), "mine"));
    found(book.verify(lines), 30, Flaw.INSERTED);
  }

  @Test
  void findsARowOfASecondWriterWhoDoesNotKnowWhatWasThere() {
    lines.add(Row.of(new Entry(ROWS, 0, Hash.NONE, Book.fact(1, "session", "mine"))));
    found(book.verify(lines), ROWS, Flaw.INSERTED);
    lines.set(
        lines.size() - 1, Row.of(new Entry(ROWS, 334, Hash.NONE, Book.fact(1, "session", "mine"))));
    found(book.verify(lines), ROWS, Flaw.INSERTED);
  }

  @Test
  void findsARowOfASecondWriterWhoMovedTheOthersDown() {
    Book forged = new Book(book.pair());
    for (int i = 0; i < ROWS; i++) {
      if (i == 42) {
        forged.add(Book.fact(5000, "session", "mine"));
      }
      forged.add(Book.fact(i));
    }
    List<Line> rows = forged.lines();
    rows.add(book.heads().getLast());
    found(book.verify(rows), ROWS - 1, Flaw.REORDERED);
    found(book.verify(forged.lines(), book.heads()), 40, Flaw.REWRITTEN);
  }

  @Test
  void findsACutTailByAHeadThatWasKeptElsewhere() {
    List<Line> cut = lines.subList(0, Book.indexOf(lines, 990));
    assertThat(book.verify(cut)).isInstanceOf(Verdict.Good.class);
    found(book.verify(cut, book.heads()), 990, Flaw.CUT);
    found(book.verify(List.of(), book.heads()), 0, Flaw.CUT);
  }

  @Test
  void findsACutTailByItsOwnHead() {
    List<Line> cut = new ArrayList<>(lines.subList(0, Book.indexOf(lines, 995)));
    cut.add(book.heads().getLast());
    found(book.verify(cut), 995, Flaw.CUT);
  }

  @Test
  void findsANewChainUnderAForeignKey() {
    Book forged = new Book(Book.newKey());
    for (int i = 0; i < ROWS; i++) {
      forged.add(Book.fact(i, "session", "forged " + i));
    }
    forged.sign();
    found(book.verify(forged.lines()), ROWS - 1, Flaw.BAD_SIGNATURE);
    found(book.verify(forged.lines(), book.heads()), 0, Flaw.REWRITTEN);
  }

  @Test
  void findsANewChainUnderTheOldHeads() {
    Book forged = new Book(book.pair());
    List<Line> export = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      export.add(forged.add(Book.fact(i, "session", "forged " + i)));
      if (i % 10 == 9) {
        export.add(book.heads().get(i / 10));
      }
    }
    found(book.verify(export), 0, Flaw.REWRITTEN);
  }

  @Test
  void findsANewChainWithoutHeads() {
    Book forged = new Book(Book.newKey());
    forged.add(Book.fact(0));
    found(book.verify(forged.lines()), 0, Flaw.UNSIGNED);
  }

  @Test
  void findsANewTailBehindASignedBeginning() {
    List<Line> begin = new ArrayList<>(lines.subList(0, Book.indexOf(lines, 500)));
    Book forged = new Book(book.pair());
    begin.stream().filter(Row.class::isInstance).forEach(l -> forged.add(((Row) l).entry().fact()));
    for (int i = 500; i < ROWS; i++) {
      begin.add(forged.add(Book.fact(i, "session", "forged " + i)));
    }
    found(book.verify(begin, book.heads()), 500, Flaw.REWRITTEN);
  }

  @Test
  void findsAHeadWithOtherWords() {
    Head head = (Head) book.heads().getFirst();
    int at = lines.indexOf(head);
    for (Head forged :
        List.of(
            new Head(head.size(), Hash.NONE, head.at(), 1, head.signature()),
            new Head(head.size(), head.root(), head.at().plusSeconds(1), 1, head.signature()),
            new Head(head.size(), head.root(), head.at(), 2, head.signature()),
            new Head(head.size(), head.root(), head.at(), 1, ""),
            new Head(head.size(), head.root(), head.at(), 1, "!"),
            Book.head(Book.newKey(), head.size(), head.at(), head.root()))) {
      lines.set(at, forged);
      found(book.verify(lines), 9, Flaw.BAD_SIGNATURE);
    }
  }

  @Test
  void findsAHeadInAnotherPlace() {
    lines.add(lines.remove(lines.indexOf(book.heads().getFirst())));
    found(book.verify(lines), 9, Flaw.REORDERED);
  }

  @Test
  void namesALineThatCanNotBeRead() {
    String good = Book.text(lines.subList(0, 11));
    String line = LineWriter.write(row(10));
    for (String bad :
        List.of(
            "",
            "x",
            "[]",
            "{}",
            "{\"type\":\"other\"}",
            line.substring(0, line.length() - 1),
            line + "x",
            line.replace("\"actor\":\"someone\",", ""),
            line.replace("\"actor\"", "\"more\":\"1\",\"actor\""),
            line.replace("\"actor\"", "\"actor\":\"someone\",\"actor\""),
            line.replace("someone", "some\\none"),
            line.replace("someone", "some\\ud800ne"),
            line.replace("someone", "x".repeat(513)),
            line.replace("someone", "x".repeat(70_000)),
            line.replace("\"seq\":10", "\"seq\":-10"),
            line.replace("\"seq\":10", "\"seq\":1e1"),
            line.replace("\"seq\":10", "\"seq\":99999999999999999999"),
            line.replace(".123456Z", ".1234567Z"))) {
      found(book.verify(good + bad + "\n", null), 10, Flaw.UNREADABLE);
    }
  }

  @Test
  void refusesAnchorsThatAreNone() {
    found(book.verify(Book.text(lines), "x\n"), 0, Flaw.UNREADABLE);
    found(book.verify(lines, lines), 0, Flaw.UNREADABLE);
    found(book.verify(lines, book.heads().reversed()), 1000, Flaw.UNREADABLE);
  }

  @Test
  void twoKeysAreToldApartByTheirVersion() {
    KeyPair next = Book.newKey();
    Head head = (Head) book.heads().getLast();
    Head resigned = Book.head(next, head.size(), head.at(), head.root());
    Head second = new Head(head.size(), head.root(), head.at(), 2, resigned.signature());
    HeadKeys keys = HeadKeys.parse(Book.pem(book.pair()) + Book.pem(next));
    assertThat(keys.hasSigned(head)).isTrue();
    assertThat(keys.hasSigned(second)).isTrue();
    assertThat(keys.hasSigned(resigned)).isFalse();
  }
}
