// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TellerTest {
  private static final Refusal REFUSAL = Refusal.of("link-refused", "link-unknown");

  private final BlockingQueue<List<Tally.Told>> heard = new LinkedBlockingQueue<>();

  @Test
  void tellsAgainWhatNobodyTook() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    Teller.Listener away =
        told -> {
          if (tries.incrementAndGet() < 3) {
            throw new IllegalStateException("away");
          }
          heard.add(told);
        };
    try (Teller teller = new Teller(InstantSource.system(), away).start()) {
      teller.add(REFUSAL);

      List<Tally.Told> told = heard.poll(10, TimeUnit.SECONDS);

      assertThat(told).hasSize(1);
      assertThat(tries).hasValue(3);
    }
  }

  @Test
  void tellsWhatIsLeftAtTheEnd() {
    Teller teller = new Teller(InstantSource.system(), heard::add);
    teller.add(REFUSAL);
    teller.add(REFUSAL);

    teller.close();

    assertThat(heard.stream().flatMap(List::stream).mapToInt(t -> t.event().count()).sum())
        .isEqualTo(2);
  }
}
