// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.sandbox;

import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.sandbox.protocol.Box;
import dev.cofferdam.sandbox.protocol.BoxUse;
import dev.cofferdam.sandbox.protocol.HostAnswer;
import dev.cofferdam.sandbox.protocol.HostEvent;
import dev.cofferdam.sandbox.protocol.HostRequest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Boxes of this machine's sandbox-host. */
@ApplicationScoped
public class LocalSandboxes implements Sandboxes {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration TO_MEASURE = Duration.ofSeconds(1);

  /** Refusals that nothing a person does could have avoided. */
  private static final Set<String> OURS = Set.of("start-failed", "box-stuck");

  private final HostLine host;
  private final Event<BoxExited> exits;
  private final Event<RuntimeBack> back;

  LocalSandboxes(
      @ConfigProperty(name = "coffer.sandbox-host.socket", defaultValue = "/nonexistent")
          Path socket,
      Event<BoxExited> exits,
      Event<RuntimeBack> back) {
    this.exits = exits;
    this.back = back;
    host = new HostLine(socket, this::tell, this::tellBack);
  }

  void start(@Observes StartupEvent event) {
    host.start();
  }

  void stop(@Observes ShutdownEvent event) {
    host.close();
  }

  @Override
  public Box start(WorkspaceId workspace) {
    return switch (ask(id -> new HostRequest.Start(id, workspace))) {
      case HostAnswer.Started started -> started.box();
      case HostAnswer other -> throw unexpected(other);
    };
  }

  @Override
  public void warm(WorkspaceId workspace) {
    ask(id -> new HostRequest.Warm(id, workspace));
  }

  @Override
  public Running running() {
    return switch (ask(HostRequest.ListBoxes::new)) {
      case HostAnswer.Boxes boxes -> new Running(boxes.boxes(), boxes.attended());
      case HostAnswer other -> throw unexpected(other);
    };
  }

  @Override
  public List<BoxUse> measure() {
    return switch (ask(HostRequest.Measure::new, TO_MEASURE)) {
      case HostAnswer.Measured measured -> measured.uses();
      case HostAnswer other -> throw unexpected(other);
    };
  }

  @Override
  public void end(SandboxId sandbox) {
    ask(id -> new HostRequest.End(id, sandbox));
  }

  @Override
  public void destroy(WorkspaceId workspace) {
    ask(id -> new HostRequest.Destroy(id, workspace));
  }

  private HostAnswer ask(LongFunction<HostRequest> request) {
    return ask(request, PATIENCE);
  }

  private HostAnswer ask(LongFunction<HostRequest> request, Duration patience) {
    HostAnswer answer = host.ask(request, patience);
    if (answer instanceof HostAnswer.Refused refused) {
      throw new ProblemException(problem(refused));
    }
    return answer;
  }

  private static Problem problem(HostAnswer.Refused refused) {
    String title =
        switch (refused.problem()) {
          case "too-many-boxes" -> "Too many workspaces are open";
          case "swap-unencrypted" -> "This host could write keys to its swap";
          case "box-running" -> "This workspace has a sandbox already";
          case "box-stuck" -> "The sandbox does not end";
          case "user-namespaces-forbidden" -> "This host forbids sandboxes";
          default -> "The sandbox did not start";
        };
    int status = OURS.contains(refused.problem()) ? 500 : 409;
    return Problem.of(refused.problem(), status, title, refused.detail());
  }

  private static IllegalStateException unexpected(HostAnswer answer) {
    return new IllegalStateException("sandbox-host answered " + answer.getClass().getSimpleName());
  }

  /** On a thread of its own: who hears of it may ask the host again. */
  private void tell(HostEvent event) {
    switch (event) {
      case HostEvent.Exited exited -> {
        BoxExited told = new BoxExited(exited.sandbox(), exited.reason().wireName());
        Thread.ofVirtual().name("box-exited").start(() -> exits.fire(told));
      }
    }
  }

  private void tellBack() {
    Thread.ofVirtual().name("runtime-back").start(() -> back.fire(new RuntimeBack()));
  }
}
