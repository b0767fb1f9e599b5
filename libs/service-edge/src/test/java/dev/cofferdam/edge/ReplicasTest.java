// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplicasTest {
  private static final URI FIRST = URI.create("https://127.0.0.1:1");
  private static final URI SECOND = URI.create("https://127.0.0.1:2");

  private final AtomicLong clock = new AtomicLong();
  private final Replicas replicas = new Replicas(List.of(FIRST, SECOND), clock::get);

  @Test
  void takesTurns() {
    assertThat(replicas.toTry()).containsExactly(FIRST, SECOND);
    assertThat(replicas.toTry()).containsExactly(SECOND, FIRST);
    assertThat(replicas.toTry()).containsExactly(FIRST, SECOND);
  }

  @Test
  void putsTheOneThatRefusedLastForAWhile() {
    replicas.refused(FIRST);
    assertThat(List.of(replicas.toTry(), replicas.toTry())).containsOnly(List.of(SECOND, FIRST));
    clock.addAndGet(Replicas.AVOIDED.toNanos());
    assertThat(List.of(replicas.toTry(), replicas.toTry()))
        .containsExactlyInAnyOrder(List.of(FIRST, SECOND), List.of(SECOND, FIRST));
  }

  @Test
  void triesAllIfAllHaveRefused() {
    replicas.refused(FIRST);
    replicas.refused(SECOND);
    assertThat(replicas.toTry()).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void takesBackTheOneThatAnswers() {
    replicas.refused(FIRST);
    replicas.answered(FIRST);
    assertThat(replicas.toTry()).containsExactly(FIRST, SECOND);
  }

  @Test
  void triesASingleAddressTwiceSinceItMayStandForSeveral() {
    assertThat(new Replicas(List.of(FIRST), clock::get).toTry()).containsExactly(FIRST, FIRST);
  }

  @Test
  void isNothingWithoutAnAddress() {
    assertThatThrownBy(() -> new Replicas(List.of(), clock::get))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
