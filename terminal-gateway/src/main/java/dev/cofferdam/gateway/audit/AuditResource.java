// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.audit;

import dev.cofferdam.edge.openapi.ExportForms;
import dev.cofferdam.gateway.signin.Audience;
import dev.cofferdam.gateway.signin.Visitor;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who did what, when, with which key, from where, to what, and was it allowed. */
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AuditResource {
  private final AuditPart audit;
  private final Visitor visitor;

  AuditResource(AuditPart audit, Visitor visitor) {
    this.audit = audit;
    this.visitor = visitor;
  }

  @GET
  @Operation(summary = "Entries of the audit ledger, for owners and auditors: the newest first")
  @APIResponse(responseCode = "200", description = "At most limit entries (1 to 500, else 100)")
  @APIResponse(responseCode = "400", description = "A field of the question is not what it may be")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is neither owner nor auditor")
  public AuditPage entries(
      @RestQuery @Nullable String before,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String actor,
      @RestQuery @Nullable String kind,
      @RestQuery @Nullable String workspace,
      @RestQuery @Nullable String outcome,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to) {
    Map<String, @Nullable String> asked = filters(actor, kind, workspace, outcome, from, to);
    asked.put("before", before);
    asked.put("limit", limit);
    return audit.get(bearer(), "/audit" + AuditQuery.of(asked).text(), AuditPage.class);
  }

  @GET
  @Path("/export")
  @Produces({ExportForms.LINES, ExportForms.TABLE})
  @Operation(summary = "All of it, with its signed heads, to be verified offline; or a table of it")
  @APIResponse(
      responseCode = "200",
      description =
          "JSON Lines of all entries and heads, for coffer audit verify; with format=csv the entries"
              + " that match the filters, the oldest first. An answer that breaks off is not whole",
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
  @APIResponse(responseCode = "400", description = "Filters without format=csv, or a wrong field")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is neither owner nor auditor")
  public Response export(
      @RestQuery @Nullable String format,
      @RestQuery @Nullable String actor,
      @RestQuery @Nullable String kind,
      @RestQuery @Nullable String workspace,
      @RestQuery @Nullable String outcome,
      @RestQuery @Nullable String from,
      @RestQuery @Nullable String to) {
    Map<String, @Nullable String> asked = filters(actor, kind, workspace, outcome, from, to);
    asked.put("format", format);
    String path = "/audit/export" + AuditQuery.of(asked).text();
    boolean table = "csv".equals(format);
    return table
        ? file(path, ExportForms.TABLE + ";charset=UTF-8", "audit.csv")
        : file(path, ExportForms.LINES, "audit.jsonl");
  }

  @GET
  @Path("/key")
  @Produces("application/x-pem-file")
  @Operation(summary = "The public key that the heads are verified with")
  @APIResponse(responseCode = "200", description = "P-256 in PEM, one block a version of the key")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is neither owner nor auditor")
  public Response key() {
    return file("/audit/key", "application/x-pem-file", "audit-key.pem");
  }

  @GET
  @Path("/head")
  @Operation(summary = "The newest signed head: so many entries, and the root over them")
  @APIResponse(responseCode = "200", description = "It is at most some seconds old")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is neither owner nor auditor")
  @APIResponse(responseCode = "404", description = "None was signed yet (not-found)")
  public AuditHead head() {
    return audit.get(bearer(), "/audit/head", AuditHead.class);
  }

  @GET
  @Path("/proof/{seq}")
  @Operation(summary = "The proof that an entry is among those that the newest head has signed")
  @APIResponse(responseCode = "200", description = "Some hashes, whatever the size of the ledger")
  @APIResponse(responseCode = "401", description = "Nobody is signed in")
  @APIResponse(responseCode = "403", description = "Who asks is neither owner nor auditor")
  @APIResponse(responseCode = "404", description = "There is no such entry")
  @APIResponse(
      responseCode = "409",
      description = "No head covers it yet; one does in 10 s (not-signed-yet)")
  public AuditProof proof(@RestPath String seq) {
    String bearer = bearer();
    if (!seq.matches("[0-9]{1,18}")) {
      throw new ProblemException(Problem.notFound("entry"));
    }
    return audit.get(bearer, "/audit/proof/" + seq, AuditProof.class);
  }

  /** Passed on as it comes; it breaks off here if it does there. */
  private Response file(String path, String type, String name) {
    InputStream all = audit.open(bearer(), path);
    StreamingOutput passedOn =
        out -> {
          try (all) {
            all.transferTo(out);
          }
        };
    return Response.ok(passedOn)
        .type(type)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .build();
  }

  private static Map<String, @Nullable String> filters(
      @Nullable String actor,
      @Nullable String kind,
      @Nullable String workspace,
      @Nullable String outcome,
      @Nullable String from,
      @Nullable String to) {
    Map<String, @Nullable String> asked = new HashMap<>();
    asked.put("actor", actor);
    asked.put("kind", kind);
    asked.put("workspace", workspace);
    asked.put("outcome", outcome);
    asked.put("from", from);
    asked.put("to", to);
    return asked;
  }

  private String bearer() {
    return visitor.token(Audience.SESSION);
  }
}
