// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tokenkeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.events.Topic;
import dev.cofferdam.eventtail.KafkaTail;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked while a service starts may end before it listens: no answer is kept then. */
class UnheardTest {
  @Test
  void whoHasNoPlaceYetHearsNothing() {
    KafkaTail tail =
        new KafkaTail(KafkaClient.own("127.0.0.1:1"), List.of(Topic.SECURITY), e -> {});
    assertThat(tail.isCurrent()).as("a page is given a moment").isTrue();
    assertThat(tail.hearsAll()).isFalse();
  }
}
