// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.lease;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.session.session.Session;
import dev.cofferdam.session.session.Sessions;
import dev.cofferdam.session.session.State;
import dev.cofferdam.session.storage.Storage;
import dev.cofferdam.session.ticket.Tickets;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gateway renews the leases of all its sandboxes here. */
@Path("/internal/leases")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class LeaseResource {
  private static final int MOST_SANDBOXES = 64;

  private final Sessions sessions;
  private final Tickets tickets;
  private final Storage storage;

  LeaseResource(Sessions sessions, Tickets tickets, Storage storage) {
    this.storage = storage;
    this.sessions = sessions;
    this.tickets = tickets;
  }

  /**
   * @param storage what its workspace took when it was last counted; null if that is not known
   */
  public record Held(
      @Nullable String sessionId, @Nullable String sandboxId, @Nullable Counted storage) {}

  /** Bytes of ciphertext, and whether no more may be written for now. */
  public record Counted(long usedBytes, boolean full) {}

  public record RenewRequest(@Nullable List<Held> sandboxes) {}

  /** Either a ticket or {@code ended}: then the sandbox has to go. */
  public record Renewal(String sessionId, @Nullable String renewTicket, boolean ended) {}

  public record RenewAnswer(List<Renewal> sessions) {}

  @POST
  public RenewAnswer renew(@Nullable RenewRequest request) {
    List<Held> asked = RequestBody.require(request).sandboxes();
    List<Held> held = asked == null ? List.of() : asked;
    if (held.size() > MOST_SANDBOXES) {
      throw new ProblemException(Problem.badField("sandboxes", "at most 64"));
    }
    return new RenewAnswer(held.stream().map(this::renew).toList());
  }

  private Renewal renew(@Nullable Held asked) {
    Held held = RequestBody.require(asked);
    SessionId session;
    SandboxId sandbox;
    try {
      session = SessionId.parse(held.sessionId() == null ? "" : held.sessionId());
      sandbox = SandboxId.parse(held.sandboxId() == null ? "" : held.sandboxId());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badField("sandboxes", "pairs of ids"), e);
    }
    Optional<Session> renewed = sessions.renew(session, sandbox);
    renewed.ifPresent(s -> keep(s, held.storage()));
    return renewed
        .filter(s -> s.state() != State.LOCKING)
        .map(s -> new Renewal(session.toString(), tickets.renew(s), false))
        .orElseGet(() -> new Renewal(session.toString(), null, true));
  }

  private void keep(Session session, @Nullable Counted counted) {
    if (counted == null) {
      return;
    }
    if (counted.usedBytes() < 0) {
      throw new ProblemException(Problem.badField("sandboxes.storage.usedBytes", "0 or more"));
    }
    storage.counted(session.workspace(), session.user(), counted.usedBytes(), counted.full());
  }
}
