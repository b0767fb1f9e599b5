// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One frame of every type; its bytes stand in golden/NAME.hex. */
final class GoldenFrames {
  private GoldenFrames() {}

  static Map<String, Frame> all() {
    Map<String, Frame> all = new LinkedHashMap<>();
    all.put("input", new ClientFrame.Input("ls -l\r".getBytes(UTF_8)));
    all.put("resize", new ClientFrame.Resize(120, 40));
    all.put("ack", new ClientFrame.Ack(4_294_967_297L));
    all.put("stay", new ClientFrame.Stay());
    all.put("ping", new ClientFrame.Ping(42));
    all.put("attach", new ClientFrame.Attach(1000, 80, 24));
    all.put("attach-nothing", new ClientFrame.Attach(Limits.NO_OFFSET, 80, 24));
    all.put("open", new ControlFrame.Open("h.p.s", "hvs.once", Optional.empty()));
    all.put(
        "open-terminal",
        new ControlFrame.Open("h.p.s", "hvs.once", Optional.of(new ControlFrame.Size(120, 30))));
    all.put("renew", new ControlFrame.Renew("h.p.s"));
    all.put("lock", new ControlFrame.Lock("h.p.s"));
    all.put("create-terminal", new ControlFrame.CreateTerminal("h.p.s", 80, 24));
    all.put("enter", new ControlFrame.Enter("h.p.s", 3));
    all.put("list-terminals", new ControlFrame.ListTerminals("h.p.s"));
    all.put("close-terminal", new ControlFrame.CloseTerminal("h.p.s", 3));
    all.put("output", new AgentFrame.Output(5_000_000_000L, "grüß\n".getBytes(UTF_8)));
    all.put("reset", new AgentFrame.Reset(2_097_152));
    all.put("attached", new AgentFrame.Attached(10, 2_097_162, 80, 24));
    all.put("exited", new AgentFrame.Exited(130));
    all.put("status", new AgentFrame.Status(581, 60));
    all.put("pong", new AgentFrame.Pong(42));
    all.put("resized", new AgentFrame.Resized(100, 30));
    all.put("closed", new AgentFrame.Closed(4423, "the workspace was locked"));
    all.put("step", new ControlAnswer.Step("mounted", 61_234));
    all.put("renewed", new ControlAnswer.Renewed(581, 60, Optional.empty()));
    all.put(
        "renewed-doing",
        new ControlAnswer.Renewed(581, 60, Optional.of(new ControlAnswer.Doing(19, 3))));
    all.put(
        "renewed-storage",
        new ControlAnswer.Renewed(
            581,
            60,
            Optional.of(
                new ControlAnswer.Doing(
                    19, 3, Optional.of(new ControlAnswer.Storage(1_200_000_000L, true))))));
    all.put("refused", new ControlAnswer.Refused("lock", "replayed", 3));
    all.put("done", new ControlAnswer.Done(7));
    all.put("failed", new ControlAnswer.Failed("token-used", "the wrapping token was used before"));
    all.put(
        "terminals",
        new ControlAnswer.Terminals(
            List.of(
                new ControlAnswer.Terminal(1, 80, 24, true, "vim – ä"),
                new ControlAnswer.Terminal(2, 100, 30, false, ""))));
    return all;
  }
}
