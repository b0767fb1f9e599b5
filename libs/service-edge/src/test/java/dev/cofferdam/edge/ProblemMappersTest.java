// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProblemMappersTest {
  @Test
  void knowsWhoLeftInTheMidstOfABodyFromWhatIsWrongHere() {
    HttpClosedException closed = new HttpClosedException("Connection was closed");
    assertThat(ProblemMappers.hasLeft(new IOException(new IOException(closed)))).isTrue();
    assertThat(ProblemMappers.hasLeft(new IOException("no space left on device"))).isFalse();
  }
}
