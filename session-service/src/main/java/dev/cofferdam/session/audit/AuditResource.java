// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.edge.Access;
import dev.cofferdam.edge.openapi.ExportForms;
import dev.cofferdam.events.Actor;
import dev.cofferdam.ledger.Fact.Who;
import dev.cofferdam.ledger.Head;
import dev.cofferdam.ledger.Row;
import dev.cofferdam.outbox.RequestActor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Look;
import dev.cofferdam.session.audit.AuditAnswers.AuditEntry;
import dev.cofferdam.session.audit.AuditAnswers.AuditHead;
import dev.cofferdam.session.audit.AuditAnswers.AuditPage;
import dev.cofferdam.session.audit.AuditAnswers.AuditProof;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What happened on this server, for owners and auditors. */
@Path("/audit")
@Authenticated
@RunOnVirtualThread
public class AuditResource {
  private static final int USUAL_PAGE = 100;
  private static final int LARGEST_PAGE = 500;
  private static final String PEM = "application/x-pem-file";

  private final LedgerReader ledger;
  private final HeadStore heads;
  private final AuditKey key;
  private final Export export;
  private final AuditReads reads;
  private final HeadSigner signer;
  private final RequestActor actors;
  private final JsonWebToken token;
  private final Access access;

  AuditResource(
      LedgerReader ledger,
      HeadStore heads,
      AuditKey key,
      Export export,
      AuditReads reads,
      HeadSigner signer,
      RequestActor actors,
      JsonWebToken token,
      Event<Look> looks) {
    this.ledger = ledger;
    this.heads = heads;
    this.key = key;
    this.export = export;
    this.reads = reads;
    this.signer = signer;
    this.actors = actors;
    this.token = token;
    access = new Access(token, looks::fire);
  }

  /** The newest first; {@code before} is the {@code next} of the page in front of it. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public AuditPage page(
      @BeanParam AuditQuery query,
      @RestQuery @Nullable String before,
      @RestQuery @Nullable String limit) {
    requireReader();
    Filter filter = query.filter();
    if (before != null) {
      filter = filter.and("seq < ?", number("before", before, 0, Long.MAX_VALUE));
    }
    int most = limit == null ? USUAL_PAGE : (int) number("limit", limit, 1, LARGEST_PAGE);
    List<AuditEntry> entries = ledger.newest(filter, most).stream().map(AuditEntry::of).toList();
    return new AuditPage(entries, entries.size() < most ? null : entries.getLast().seq());
  }

  /** All of it to be verified, or what a filter lets through as CSV. */
  @GET
  @Path("/export")
  @APIResponse(
      responseCode = "200",
      description =
          "Entries and heads, a line each; with format=csv the entries that match the filters",
      content = {
        @Content(
            mediaType = ExportForms.LINES,
            schema = @Schema(type = SchemaType.OBJECT, description = "What a line is"),
            examples = @ExampleObject(name = "entry", value = ExportForms.A_LINE)),
        @Content(
            mediaType = ExportForms.TABLE,
            schema = @Schema(type = SchemaType.STRING),
            examples = @ExampleObject(name = "table", value = ExportForms.TWO_ROWS))
      })
  public Response export(@BeanParam AuditQuery query, @RestQuery @Nullable String format) {
    requireReader();
    boolean csv = "csv".equals(format);
    if (!csv && format != null && !"jsonl".equals(format)) {
      throw new ProblemException(Problem.badField("format", "jsonl or csv"));
    }
    if (!csv && !query.isEmpty()) {
      throw new ProblemException(
          Problem.badField("format", "csv, if something is left out: the rest proves nothing"));
    }
    Filter filter = query.filter();
    reads.exported(who(), csv ? "csv" : "jsonl");
    if (!csv) {
      signer.onTime(); // So that a head covers all that is taken.
    }
    StreamingOutput lines = csv ? export.csv(filter) : export.lines();
    return Response.ok(lines)
        .type(csv ? ExportForms.TABLE + ";charset=UTF-8" : ExportForms.LINES)
        .header(
            "Content-Disposition", "attachment; filename=\"audit." + (csv ? "csv" : "jsonl") + "\"")
        .build();
  }

  /** What heads are verified with, as PEM: all versions, oldest first. */
  @GET
  @Path("/key")
  @Produces(PEM)
  public String key() {
    requireReader();
    return key.publicKeys();
  }

  /** The newest. */
  @GET
  @Path("/head")
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponse(responseCode = "200", description = "The head")
  @APIResponse(responseCode = "404", description = "None was signed yet (not-found)")
  public AuditHead head() {
    requireReader();
    return heads
        .newest()
        .map(AuditHead::of)
        .orElseThrow(() -> new ProblemException(Problem.notFound("head")));
  }

  /** That an entry is in what the newest head has signed. */
  @GET
  @Path("/proof/{seq}")
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponse(responseCode = "200", description = "The proof")
  @APIResponse(responseCode = "409", description = "No head covers it yet (not-signed-yet)")
  public AuditProof proof(@RestPath String seq) {
    requireReader();
    Row row =
        ledger.find(entry(seq)).orElseThrow(() -> new ProblemException(Problem.notFound("entry")));
    long place = row.entry().seq();
    Head head =
        heads.newest().filter(h -> h.size() > place).orElseThrow(LedgerProblem::notSignedYet);
    return AuditProof.of(row, head, ledger.inclusion(place, head.size()));
  }

  private void requireReader() {
    access.require(Action.AUDIT_READ, Resource.ofInstallation(Kind.INSTALLATION));
  }

  private Who who() {
    Actor asking = actors.now();
    String with = asking.credential().isEmpty() ? signIn() : asking.credential();
    return Who.cleaned(access.user().toString(), with, asking.address());
  }

  private String signIn() {
    return String.valueOf(token.<Object>getClaim("sid"));
  }

  private static long entry(String text) {
    try {
      return number("seq", text, 0, Long.MAX_VALUE);
    } catch (ProblemException e) {
      throw new ProblemException(Problem.notFound("entry"), e);
    }
  }

  private static long number(String field, String text, long lowest, long highest) {
    try {
      long number = Long.parseLong(text);
      if (number >= lowest && number <= highest) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new ProblemException(Problem.badField(field, "a whole number"), e);
    }
    throw new ProblemException(Problem.badField(field, "from " + lowest + " to " + highest));
  }
}
