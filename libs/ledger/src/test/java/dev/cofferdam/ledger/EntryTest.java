// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryTest {
  private static final Fact FACT =
      new Fact(
          UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f"),
          Instant.parse("1970-01-01T00:00:01.000002Z"),
          new Fact.Who("me", "", "é"),
          new Fact.What("s", "k", "", "", ""),
          Outcome.ALLOWED,
          "");

  /** The bytes of the description of {@link Entry}, put together by a shell. */
  @Test
  void itsHashIsWhatAShellSays() {
    // (printf 'cofferdam-ledger-entry-v1\0'; printf '\0\0\0\0\0\0\0\5'; printf '\0\0\0\0\0\0\0\2';
    //  printf '\0\0\0\0\0\x0f\x42\x42'; printf '\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17';
    //  printf '\1'; head -c 32 /dev/zero; printf '\0\1s\0\1k\0\2me\0\0\0\2\303\251';
    //  printf '\0\0\0\0\0\0\0\0') | sha256sum
    assertThat(new Entry(5, 2, Hash.NONE, FACT).hash())
        .hasToString("aa29d01b4c24dc102793f8f6f222a41d6e3c978cc547079f74d826f574312a33");
  }

  /** The bytes of the description of {@link Head}. */
  @Test
  void whatIsSignedIsWhatAShellSays() {
    // (printf 'cofferdam-ledger-head-v1\0'; printf '\0\0\0\0\0\0\0\5';
    //  printf '\0\0\0\0\0\x0f\x42\x42'; head -c 32 /dev/zero) | sha256sum
    assertThat(Hash.of(Head.signed(5, FACT.at(), Hash.NONE)))
        .hasToString("d1e96ecd6cfb616aa31d8d77bf5df4e3e12f0a0d68952f6100fc9102f5913bbc");
  }

  @Test
  void comesBackFromALine() throws Exception {
    Row row = Row.of(new Entry(5, 2, Hash.NONE, FACT));
    assertThat(LineReader.parse(LineWriter.write(row))).isEqualTo(row);
    Head head = new Head(1, Hash.NONE, FACT.at(), 3, "x");
    assertThat(LineReader.parse(LineWriter.write(head))).isEqualTo(head);
  }

  @Test
  void aTextIsCleanedOrRefused() {
    assertThat(Text.cleaned("a\nb\u0000c\u0085d\ud800e"))
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
    assertThat(Text.cleaned("x".repeat(600))).hasSize(512);
    assertThat(Text.cleaned("x".repeat(511) + "\ud83d\ude00")).hasSize(511);
    assertThat(Text.cleaned("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    for (String bad : new String[] {"a\nb", "\u0000", "\ud800", "x".repeat(513)}) {
      assertThatThrownBy(() -> new Fact.Who(bad, "", ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aPlaceThatCanNotBeIsRefused() {
    assertThatThrownBy(() -> new Entry(-1, 0, Hash.NONE, FACT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Entry(1, 2, Hash.NONE, FACT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Head(0, Hash.NONE, FACT.at(), 1, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws Exception {
    for (String kind : new String[] {"Ed25519", "RSA"}) {
      String pem = Book.pem(java.security.KeyPairGenerator.getInstance(kind).generateKeyPair());
      assertThatThrownBy(() -> HeadKeys.parse(pem)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> HeadKeys.parse("")).isInstanceOf(IllegalArgumentException.class);
  }
}
