// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An export says where it ends, and nobody else can say so. */
class EndTest {
  private static final int ROWS = 100;
  private static final Instant EXPORTED = Book.BEGIN.plusSeconds(1000);

  private final Book book = Book.of(ROWS);
  private final List<Line> export = book.lines();

  EndTest() {
    export.add(book.end(EXPORTED));
  }

  private static void bad(Verdict verdict, Flaw flaw) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Bad.class, found -> assertThat(found.flaw()).as(found.why()).isEqualTo(flaw));
  }

  /** A head that was signed then, when the ledger had grown by ten rows. */
  private List<Line> headsUntil(Instant at) {
    List<Line> heads = new ArrayList<>(book.heads());
    for (int i = ROWS; i < ROWS + 10; i++) {
      book.add(Book.fact(i));
    }
    heads.add(book.sign(at));
    return heads;
  }

  @Test
  void isWhatAllIsGoodUpTo() {
    assertThat(book.verifyExport(export, book.heads()))
        .isInstanceOfSatisfying(
            Verdict.Good.class,
            good -> {
              assertThat(good.signed()).isEqualTo(ROWS);
              assertThat(good.upTo()).isEqualTo(EXPORTED);
            });
  }

  @Test
  void passesOverHeadsThatWereSignedSince() {
    List<Line> heads = headsUntil(EXPORTED.plusSeconds(1));
    assertThat(book.verifyExport(export, heads)).isInstanceOf(Verdict.Good.class);
  }

  @Test
  void doesNotPassOverHeadsFromBefore() {
    List<Line> heads = headsUntil(EXPORTED.minusSeconds(16));
    bad(book.verifyExport(export, heads), Flaw.CUT);
  }

  @Test
  void isMissedWhereverTheRestWasCutOff() {
    for (int kept = 0; kept < export.size(); kept++) {
      bad(book.verifyExport(export.subList(0, kept), List.of()), Flaw.CUT);
    }
  }

  @Test
  void coversRowsThatNoHeadHasSignedYet() {
    book.add(Book.fact(ROWS));
    List<Line> more = book.lines();
    more.add(book.end(EXPORTED));
    assertThat(book.verifyExport(more, book.heads())).isInstanceOf(Verdict.Good.class);
    more.remove(more.size() - 2);
    bad(book.verifyExport(more, book.heads()), Flaw.CUT);
  }

  @Test
  void hasNothingBehindIt() {
    export.add(book.heads().getLast());
    bad(book.verifyExport(export, List.of()), Flaw.INSERTED);
  }

  @Test
  void isOfTheRowsThatAreThere() {
    End before = Book.of(ROWS - 1).end(EXPORTED);
    End fewer = new End(before.size(), before.root(), EXPORTED, 1, before.signature());
    export.set(export.size() - 1, fewer);
    bad(book.verifyExport(export, List.of()), Flaw.BAD_SIGNATURE);
    Book shorter = new Book(book.pair());
    for (int i = 0; i < ROWS - 1; i++) {
      shorter.add(Book.fact(i));
    }
    export.set(export.size() - 1, shorter.end(EXPORTED));
    bad(book.verifyExport(export, List.of()), Flaw.INSERTED);
    Book other = new Book(book.pair());
    for (int i = 1; i <= ROWS; i++) {
      other.add(Book.fact(i));
    }
    export.set(export.size() - 1, other.end(EXPORTED));
    bad(book.verifyExport(export, List.of()), Flaw.REWRITTEN);
  }

  @Test
  void isNoHead() {
    Head head = (Head) book.heads().getLast();
    export.set(
        export.size() - 1,
        new End(head.size(), head.root(), head.at(), head.keyVersion(), head.signature()));
    bad(book.verifyExport(export, List.of()), Flaw.BAD_SIGNATURE);
    End end = book.end(EXPORTED);
    List<Line> heads =
        List.of(new Head(end.size(), end.root(), end.at(), end.keyVersion(), end.signature()));
    bad(book.verify(book.lines(), heads), Flaw.BAD_SIGNATURE);
  }

  @Test
  void isThereForAnEmptyLedgerToo() {
    Book empty = new Book(book.pair());
    assertThat(empty.verifyExport(List.of(empty.end(EXPORTED)), List.of()))
        .isInstanceOf(Verdict.Good.class);
  }

  @Test
  void isReadAsItIsWritten() throws MalformedLine {
    End end = book.end(EXPORTED);
    assertThat(LineReader.parse(LineWriter.write(end))).isEqualTo(end);
  }
}
