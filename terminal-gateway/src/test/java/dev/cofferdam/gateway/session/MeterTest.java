// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.sandbox.Sandboxes;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.BoxUse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MeterTest {
  private static final SandboxId BOX = SandboxId.random();

  private final Runtime runtime = new Runtime();
  private long now = Long.MAX_VALUE - 5; // nanoTime may overflow
  private final Meter meter = new Meter(runtime, () -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void saysWhatABoxHasTakenOfACoreSinceItWasMeasuredBefore() {
    runtime.uses = List.of(new BoxUse(BOX, 300, 7_000_000));
    assertThat(meter.loads()).containsEntry(BOX, new Meter.Load(OptionalInt.empty(), 300));

    pass(Duration.ofSeconds(4));
    runtime.uses = List.of(new BoxUse(BOX, 400, 8_000_000));
    assertThat(meter.loads()).containsEntry(BOX, new Meter.Load(OptionalInt.of(25), 400));

    pass(Duration.ofSeconds(2));
    runtime.uses = List.of(new BoxUse(BOX, 400, 11_000_000));
    assertThat(meter.loads()).containsEntry(BOX, new Meter.Load(OptionalInt.of(150), 400));
  }

  @Test
  void asksNobodyAgainWithinTwoSeconds() {
    runtime.uses = List.of(new BoxUse(BOX, 300, 0));
    meter.loads();
    pass(Duration.ofMillis(1999));
    assertThat(meter.loads()).containsKey(BOX);
    assertThat(runtime.asked).isEqualTo(1);
    pass(Duration.ofMillis(1));
    meter.loads();
    assertThat(runtime.asked).isEqualTo(2);
  }

  @Test
  void asksNobodyBeforeSomebodyLooks() {
    pass(Duration.ofHours(1));
    assertThat(runtime.asked).isZero();
  }

  @Test
  void leavesARuntimeAloneThatDoesNotAnswer() {
    runtime.uses = List.of(new BoxUse(BOX, 300, 0));
    meter.loads();
    runtime.silent = true;
    pass(Duration.ofSeconds(2));
    assertThat(meter.loads()).isEmpty();
    pass(Duration.ofMillis(9999));
    assertThat(meter.loads()).isEmpty();
    assertThat(runtime.asked).isEqualTo(2);

    runtime.silent = false;
    pass(Duration.ofMillis(1));
    assertThat(meter.loads()).containsEntry(BOX, new Meter.Load(OptionalInt.empty(), 300));
  }

  @Test
  void saysNothingOfTheCpuAfterALongTimeInWhichNobodyLooked() {
    runtime.uses = List.of(new BoxUse(BOX, 300, 0));
    meter.loads();
    pass(Duration.ofSeconds(31));
    assertThat(meter.loads()).containsEntry(BOX, new Meter.Load(OptionalInt.empty(), 300));
  }

  @Test
  void takesATimeThatFallsBackForNone() {
    runtime.uses = List.of(new BoxUse(BOX, 300, 1000));
    meter.loads();
    runtime.uses = List.of(new BoxUse(BOX, 300, 900));
    pass(Duration.ofSeconds(2));
    assertThat(meter.loads()).containsEntry(BOX, new Meter.Load(OptionalInt.of(0), 300));
  }

  /** Measures, and nothing else. */
  private static final class Runtime implements Sandboxes {
    private List<BoxUse> uses = List.of();
    private boolean silent;
    private int asked;

    @Override
    public List<BoxUse> measure() {
      asked++;
      if (silent) {
        throw new ProblemException(Problem.unavailable("sandbox-host"));
      }
      return uses;
    }

    @Override
    public Box start(WorkspaceId workspace) {
      throw new AssertionError();
    }

    @Override
    public void warm(WorkspaceId workspace) {
      throw new AssertionError();
    }

    @Override
    public Running running() {
      throw new AssertionError();
    }

    @Override
    public void end(SandboxId sandbox) {
      throw new AssertionError();
    }

    @Override
    public void destroy(WorkspaceId workspace) {
      throw new AssertionError();
    }
  }
}
