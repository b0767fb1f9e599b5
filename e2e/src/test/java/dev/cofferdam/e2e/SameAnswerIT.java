// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whoever tries at the public door to sign in as somebody does not learn whether there is one (rule
 * K2): not from what is answered, and not from how long it takes.
 */
@ExtendWith(SharedCoffer.class)
class SameAnswerIT {
  private static final int NOT_COUNTED = 20;
  private static final int PAIRS = 200;

  /** One address may fail five times at one account before it has to wait. */
  private static final int PAIRS_OF_AN_ADDRESS = 4;

  /**
   * How far from a half may be the chance that one kind takes longer than the other. It strays by
   * less than 0.03 for two hundred of each that are alike, so this is five times that.
   */
  private static final double MOST_APART = 0.15;

  /** What the two kinds of one request took, in nanoseconds. */
  private record Times(List<Long> wrongKey, List<Long> unknown) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    /** How often a wrong key takes longer, of all pairs that there are; 0 to 1. */
    double chanceThatWrongKeyTakesLonger() {
      return wrongKey.stream()
          .flatMapToInt(w -> unknown.stream().mapToInt(u -> Long.compare(w, u)))
          .mapToDouble(order -> (order + 1) / 2.0)
          .average()
          .orElseThrow();
    }

    void assertAlike(String request) {
      assertThat(wrongKey).hasSize(PAIRS);
      assertThat(unknown).hasSize(PAIRS);
      assertThat(chanceThatWrongKeyTakesLonger())
          .as("%s: medians %d and %d ns", request, median(wrongKey), median(unknown))
          .isBetween(0.5 - MOST_APART, 0.5 + MOST_APART);
    }

    private static long median(List<Long> times) {
      return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
  }

  private final Times asking = new Times();
  private final Times answering = new Times();

  /** Both kinds in turns, each first as often as the other. */
  @Test
  void unknownPeopleAndWrongKeysAreAnsweredAlikeAndInTheSameTime(Coffer coffer) {
    NewKey theirs = new NewKey();
    NewKey stranger = new NewKey();
    String name = "known" + System.nanoTime();
    String nobody = name.replace("known", "other");
    add(ApiClient.signedIn(coffer), name, theirs);
    assertThat(new Try(coffer, address(0), theirs, name).signIn().status()).isEqualTo(204);
    for (int pair = 0; pair < NOT_COUNTED + PAIRS; pair++) {
      Times askingNow = pair < NOT_COUNTED ? new Times() : asking;
      Times answeringNow = pair < NOT_COUNTED ? new Times() : answering;
      Try wrongKey = new Try(coffer, address(pair), stranger, name);
      Try unknown = new Try(coffer, address(pair), stranger, nobody);
      for (Try each : pair % 2 == 0 ? List.of(wrongKey, unknown) : List.of(unknown, wrongKey)) {
        each.fail();
      }
      assertThat(wrongKey.refusal()).isEqualTo(unknown.refusal());
      askingNow.wrongKey().add(wrongKey.askedNanos);
      askingNow.unknown().add(unknown.askedNanos);
      answeringNow.wrongKey().add(wrongKey.answeredNanos);
      answeringNow.unknown().add(unknown.answeredNanos);
    }
    asking.assertAlike("asking for what is to be signed");
    answering.assertAlike("answering it");
  }

  private static void add(ApiClient owner, String name, NewKey key) {
    String body =
        "{\"name\":\"%s\",\"role\":\"member\",\"publicKey\":\"%s\"}".formatted(name, key.line());
    Reply added = owner.send(owner.post("/api/people", body));
    assertThat(added.status()).as(added.toString()).isEqualTo(201);
  }

  /** All of them are this machine's. */
  private static InetAddress address(int pair) {
    try {
      byte last = (byte) (1 + pair / PAIRS_OF_AN_ADDRESS);
      return InetAddress.getByAddress(new byte[] {127, 21, 4, last});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To sign in as somebody with a key. */
  private static final class Try {
    private final Coffer coffer;
    private final ApiClient page;
    private final InetAddress from;
    private final NewKey key;
    private final String name;
    private long askedNanos;
    private long answeredNanos;
    private Reply answer = new Reply(0, Map.of(), new byte[0]);

    Try(Coffer coffer, InetAddress from, NewKey key, String name) {
      this.coffer = coffer;
      this.page = ApiClient.stranger(coffer);
      this.from = from;
      this.key = key;
      this.name = name;
    }

    Reply signIn() {
      long before = System.nanoTime();
      Reply asked = send("/api/sign-in/ssh-key/challenges", "{\"name\":\"" + name + "\"}");
      askedNanos = System.nanoTime() - before;
      assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
      String signed = key.answer(asked.json());
      before = System.nanoTime();
      answer = send("/api/sign-in/ssh-key", signed);
      answeredNanos = System.nanoTime() - before;
      return answer;
    }

    void fail() {
      signIn();
      assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
      assertThat(answer.slug()).isEqualTo("key-not-registered");
    }

    private Reply send(String path, String body) {
      return RawHttp.send(from, coffer.port(), page.post(path, body));
    }

    /** All of it, but for the id that each problem has of its own, and the clock. */
    String refusal() {
      Map<String, List<String>> headers = new TreeMap<>(answer.headers());
      headers.remove("date");
      return new Reply(answer.status(), headers, new byte[0])
          + answer.text().replace(answer.json().path("id").asText(), "");
    }
  }
}
