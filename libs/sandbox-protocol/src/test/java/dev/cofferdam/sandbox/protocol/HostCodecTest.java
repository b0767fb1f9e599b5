// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostCodecTest {
  private static final WorkspaceId TREE = WorkspaceId.random();
  private static final SandboxId BOX = SandboxId.random();

  static Stream<HostRequest> requests() {
    return Stream.of(
        new HostRequest.Start(1, TREE),
        new HostRequest.Warm(2, TREE),
        new HostRequest.ListBoxes(3),
        new HostRequest.End(4, BOX),
        new HostRequest.Destroy(5, TREE),
        new HostRequest.Watch(6),
        new HostRequest.Measure(7));
  }

  static Stream<HostMessage> messages() {
    Box box = new Box(BOX, TREE, "/run/x/agent.sock", 42, Instant.parse("2026-11-24T12:00:00Z"));
    return Stream.concat(
        Stream.of(
            new HostAnswer.Accepted(1),
            new HostAnswer.Started(2, box),
            new HostAnswer.Boxes(3, List.of(box), Set.of()),
            new HostAnswer.Boxes(3, List.of(box), Set.of(box.sandbox())),
            new HostAnswer.Boxes(3, List.of(), Set.of()),
            new HostAnswer.Measured(5, List.of(new BoxUse(BOX, 5_000_000_000L, 61_000_000))),
            new HostAnswer.Measured(5, List.of()),
            new HostAnswer.Refused(4, "too-many-boxes", "64 boxes run; lock a workspace first")),
        Stream.of(ExitReason.values()).map(reason -> new HostEvent.Exited(BOX, TREE, reason)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void readsTheRequestThatItWrote(HostRequest request) {
    assertThat(HostCodec.readRequest(HostCodec.write(request))).isEqualTo(request);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsTheMessageThatItWrote(HostMessage message) {
    assertThat(HostCodec.readMessage(HostCodec.write(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"id\":1,\"op\":\"start\"}",
        "{\"id\":1,\"op\":\"start\",\"workspaceId\":\"../../etc\"}",
        "{\"id\":1,\"op\":\"list\",\"more\":1}",
        "{\"id\":1,\"id\":2,\"op\":\"list\"}",
        "{\"id\":\"1\",\"op\":\"list\"}",
        "{\"id\":1,\"op\":\"measure\",\"sandboxId\":\"x\"}",
        "{\"id\":1,\"op\":\"exec\"}"
      })
  void refusesWhatIsNoRequest(String line) {
    assertThatThrownBy(() -> HostCodec.readRequest(line)).isInstanceOf(MalformedMessage.class);
  }
}
