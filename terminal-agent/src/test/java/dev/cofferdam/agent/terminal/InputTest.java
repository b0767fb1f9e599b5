// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.pty4j.PtyProcessBuilder;
import com.pty4j.unix.UnixPtyProcess;
import dev.cofferdam.agent.kernel.PtyMaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a PTY whose program reads nothing before it is told so. */
class InputTest {
  private static final int KERNEL_BYTES = 256 * 1024;

  @TempDir private Path directory;
  private UnixPtyProcess program;
  private PtyMaster pty;
  private Input input;

  /** Raw, so that the kernel counts bytes and not lines. */
  private void start(String then) throws IOException {
    String wait = "stty raw -echo; printf x; until [ -e go ]; do sleep 0.02; done; ";
    program =
        (UnixPtyProcess)
            new PtyProcessBuilder(new String[] {"/bin/sh", "-c", wait + then})
                .setEnvironment(Map.of("PATH", "/usr/bin:/bin"))
                .setDirectory(directory.toString())
                .start();
    pty = new PtyMaster(program.getPty().getMasterFD());
    input = new Input(pty, "writer");
    assertThat(pty.awaitReadable(10_000)).isTrue();
    assertThat(pty.read(ByteBuffer.allocateDirect(1))).isEqualTo(1);
  }

  @AfterEach
  void end() {
    input.close();
    pty.close();
    program.destroyForcibly();
  }

  @Test
  void bringsAllInOrderOnceTheProgramReads() throws IOException, NoSuchAlgorithmException {
    byte[] typed = new byte[600_000];
    new Random(7).nextBytes(typed);
    start("head -c " + typed.length + " | sha256sum");
    for (int at = 0; at < typed.length; at += 50_000) {
      assertThat(input.offer(Arrays.copyOfRange(typed, at, at + 50_000))).isTrue();
    }

    Files.createFile(directory.resolve("go"));

    byte[] sum = MessageDigest.getInstance("SHA-256").digest(typed);
    assertThat(outputToTheEnd()).startsWith(HexFormat.of().formatHex(sum));
  }

  @Test
  void goesOnOnceThereIsAThreadForItAgain() throws IOException {
    String typed = "x".repeat(300_000);
    start("head -c " + (typed.length() + 1) + " | tail -c 3");
    AtomicInteger refused = new AtomicInteger();
    input =
        new Input(
            pty,
            work -> {
              if (refused.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return Thread.ofPlatform().daemon().unstarted(work);
            });
    assertThat(input.offer(typed.getBytes(StandardCharsets.US_ASCII))).isTrue();
    Files.createFile(directory.resolve("go"));

    assertThat(input.offer("y".getBytes(StandardCharsets.US_ASCII))).isTrue();

    assertThat(outputToTheEnd()).endsWith("xxy");
  }

  private String outputToTheEnd() {
    ByteBuffer output = ByteBuffer.allocateDirect(4096);
    while (pty.awaitReadable(20_000) && pty.read(output) != PtyMaster.ENDED) {
      assertThat(output.hasRemaining()).isTrue();
    }
    return StandardCharsets.US_ASCII.decode(output.flip()).toString();
  }

  @Test
  void keepsAMebibyteAtMost() throws IOException {
    start("sleep 60");
    int taken = 0;
    while (input.offer(new byte[32 * 1024])) {
      taken += 32 * 1024;
    }
    assertThat(taken).isBetween(Input.MOST_BYTES, Input.MOST_BYTES + KERNEL_BYTES);
  }

  @Test
  void keepsABoundOfPiecesToo() throws IOException {
    start("sleep 60");
    for (int i = 0; i < 10; i++) {
      assertThat(input.offer(new byte[32 * 1024])).isTrue();
    }
    int pieces = 0;
    while (input.offer(new byte[1])) {
      pieces++;
    }
    assertThat(pieces).isLessThanOrEqualTo(Input.MOST_PIECES);
  }

  @Test
  void takesNothingMoreOnceClosed() throws IOException {
    start("head -c 5");
    input.close();
    assertThat(input.offer("typed".getBytes(StandardCharsets.US_ASCII))).isTrue();

    input = new Input(pty, "another");
    assertThat(input.offer("other".getBytes(StandardCharsets.US_ASCII))).isTrue();
    Files.createFile(directory.resolve("go"));
    assertThat(outputToTheEnd()).isEqualTo("other");
  }
}
