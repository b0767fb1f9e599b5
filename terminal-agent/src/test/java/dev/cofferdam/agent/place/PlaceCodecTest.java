// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.agent.place.Place.Kept;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class PlaceCodecTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final Kept VIM =
      new Kept(
          80, 24, "tïtle", "/workspace/s\u00ffrc", "vim src/a.c", "screen\r\n".getBytes(UTF_8));
  private static final Kept EMPTY = new Kept(1000, 500, "", "", "", new byte[0]);

  @Test
  void bringsBackWhatWasKept() {
    Place read = PlaceCodec.decode(PlaceCodec.encode(new Place(NOON, List.of(VIM, EMPTY)))).get();

    assertThat(read.lockedAt()).isEqualTo(NOON);
    assertThat(read.terminals())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(VIM, EMPTY);
  }

  @Test
  void takesNothingThatIsDamaged() {
    byte[] file = PlaceCodec.encode(new Place(NOON, List.of(VIM, EMPTY)));
    for (int at = 0; at < file.length; at++) {
      byte[] flipped = file.clone();
      flipped[at] ^= 0x10;
      assertThat(PlaceCodec.decode(flipped)).isEmpty();
      assertThat(PlaceCodec.decode(Arrays.copyOf(file, at))).isEmpty();
    }
    assertThat(PlaceCodec.decode(Arrays.copyOf(file, file.length + 1))).isEmpty();
  }

  @Test
  void takesWhateverHasTheRightSumWithoutFailing() {
    Random random = new Random(25);
    byte[] file = PlaceCodec.encode(new Place(NOON, List.of(VIM, EMPTY)));
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = file.clone();
      changed[random.nextInt(changed.length - 4)] = (byte) random.nextInt();
      changed[13 + random.nextInt(60)] = (byte) random.nextInt();
      PlaceCodec.decode(summed(changed))
          .ifPresent(
              place ->
                  assertThat(place.terminals())
                      .allMatch(kept -> kept.columns() >= 1 && kept.columns() <= 1000)
                      .allMatch(kept -> kept.title().chars().noneMatch(Character::isISOControl))
                      .allMatch(kept -> kept.command().chars().noneMatch(Character::isISOControl)));
    }
  }

  private static byte[] summed(byte[] file) {
    CRC32C crc = new CRC32C();
    crc.update(file, 0, file.length - 4);
    java.nio.ByteBuffer.wrap(file).putInt(file.length - 4, (int) crc.getValue());
    return file;
  }

  @Test
  void takesThirtyTwoTerminalsOfFullSizeAndNoMore() {
    Kept full = new Kept(80, 24, "", "/", "", new byte[PlaceCodec.MOST_OUTPUT_BYTES]);
    byte[] most = PlaceCodec.encode(new Place(NOON, Collections.nCopies(32, full)));

    assertThat(most.length).isLessThanOrEqualTo(PlaceCodec.LARGEST_BYTES);
    assertThat(PlaceCodec.decode(most)).isPresent();
    assertThat(
            PlaceCodec.decode(PlaceCodec.encode(new Place(NOON, Collections.nCopies(33, EMPTY)))))
        .isEmpty();
    Kept larger = new Kept(80, 24, "", "/", "", new byte[PlaceCodec.MOST_OUTPUT_BYTES + 1]);
    assertThat(PlaceCodec.decode(PlaceCodec.encode(new Place(NOON, List.of(larger))))).isEmpty();
  }

  @Test
  void namesWhatRanInVisibleCharactersOnly() {
    Kept evil = new Kept(80, 24, "a\u0007b", "/", "vim \u001b]2;x\u0007\u202e\n`", new byte[0]);
    Kept read =
        PlaceCodec.decode(PlaceCodec.encode(new Place(NOON, List.of(evil))))
            .get()
            .terminals()
            .get(0);

    assertThat(read.title()).isEqualTo("ab");
    assertThat(read.command()).isEqualTo("vim ]2;x`");
    assertThat(new String(Curtain.over(read, NOON).output(), UTF_8))
        .endsWith("[locked 2026-11-29 12:00 UTC, was running: `vim ]2;x``]\u001b[0m\r\n");
  }
}
