// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.gateway.workspace.WorkspacePart;
import dev.cofferdam.gateway.workspace.WorkspaceResource;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.terminal.protocol.ControlFrame.Size;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Unlocking, told step by step. */
@Path("/api/workspaces/{id}/unlock")
@Consumes(MediaType.APPLICATION_JSON)
public class UnlockResource {
  /** Unlocks under way at once; each starts processes. */
  private static final int MOST = 16;

  private static final String LINES = "application/x-ndjson";

  private final WorkspacePart workspaces;
  private final OpenSessions open;
  private final Unlock unlock;
  private final Visitor visitor;
  private final Semaphore room = new Semaphore(MOST);

  UnlockResource(WorkspacePart workspaces, OpenSessions open, Unlock unlock, Visitor visitor) {
    this.workspaces = workspaces;
    this.open = open;
    this.unlock = unlock;
    this.visitor = visitor;
  }

  /**
   * @param terminal of what size a first terminal is begun, where none is brought back
   */
  public record UnlockRequest(@Nullable TerminalSize terminal) {}

  @POST
  @Blocking
  @RunOnVirtualThread
  @Produces(LINES)
  @Operation(summary = "Unlock a workspace; a line of JSON for each step as it is done")
  @APIResponse(
      responseCode = "200",
      description =
          "Steps, then a session or a problem"
              + " (session-opening, session-already-open, too-many-sessions, too-many-boxes,"
              + " maintenance, emergency-stop, locked-meanwhile, swap-unencrypted,"
              + " user-namespaces-forbidden, token-spent, token-foreign, ticket-refused,"
              + " vault-refused, sandbox-gone, workspace-damaged, wrong-key, cell-failed,"
              + " start-failed, open-failed, internal, unavailable)")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "404", description = "There is none of this id for who is signed in")
  @APIResponse(
      responseCode = "409",
      description = "The workspace is open already (session-already-open)")
  public Multi<UnlockLine> unlock(@RestPath String id, @Nullable UnlockRequest request) {
    long start = System.nanoTime();
    TerminalSize wanted = request == null ? null : request.terminal();
    Optional<Size> first = Optional.ofNullable(wanted).map(TerminalSize::checked);
    WorkspaceId workspace = WorkspaceResource.id(id);
    workspaces.require(visitor.token(Audience.WORKSPACE), workspace);
    visitor.requireOpening(workspace);
    if (first.isPresent()) {
      visitor.requireTerminal(workspace);
    }
    Opener opener = new Opener(visitor.token(Audience.SESSION), visitor.address());
    if (open.isOpen(workspace)) {
      throw new ProblemException(alreadyOpen());
    }
    return lines(opener, workspace, first, start);
  }

  static Problem alreadyOpen() {
    return Problem.of(
        "session-already-open", 409, "The workspace is open already", "Reload the page to see it.");
  }

  /** On a thread of its own, which goes on when the browser goes away. */
  private Multi<UnlockLine> lines(
      Opener opener, WorkspaceId workspace, Optional<Size> first, long start) {
    if (!room.tryAcquire()) {
      throw new ProblemException(Problem.unavailable("A place to unlock one more workspace"));
    }
    AtomicBoolean started = new AtomicBoolean();
    return Multi.createFrom()
        .emitter(
            emitter -> {
              if (!started.compareAndSet(false, true)) {
                return;
              }
              Thread.ofVirtual()
                  .name("unlock-" + workspace)
                  .start(
                      () -> {
                        try {
                          unlock.run(opener, workspace, first, start, emitter::emit);
                        } finally {
                          room.release();
                          emitter.complete();
                        }
                      });
            });
  }
}
