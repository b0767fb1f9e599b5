// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.refusal;

import dev.cofferdam.edge.AdmitCaller;
import dev.cofferdam.edge.RequestBody;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.outbox.RefusalRecords;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Tally;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the gateway refused, counted there already: at most {@value #MOST} kinds at a time. */
@Path("/internal/refusals")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@AdmitCaller("gateway")
@RunOnVirtualThread
public class RefusalResource {
  private static final int MOST = 100;
  private static final int LONGEST = 300;
  private static final Pattern WORD = Pattern.compile("[a-z][a-z.-]{0,59}");

  private final RefusalRecords records;

  RefusalResource(RefusalRecords records) {
    this.records = records;
  }

  /**
   * As {@link SecurityEvent.Refused} has it.
   *
   * @param userId of who was signed in, or null
   */
  public record Line(
      @Nullable String id,
      @Nullable String at,
      @Nullable String what,
      @Nullable String why,
      @Nullable String subject,
      @Nullable String userId,
      @Nullable String credential,
      @Nullable String address,
      int count) {}

  public record RefusalsRequest(@Nullable List<Line> refusals) {}

  /**
   * A repeat is told again, with the same ids.
   *
   * @throws ProblemException 503 while as many events wait as may: the gateway counts on
   */
  @POST
  public void add(@Nullable RefusalsRequest body) {
    List<Line> lines = RequestBody.require(body).refusals();
    if (lines == null || lines.size() > MOST) {
      throw new ProblemException(Problem.badField("refusals", "at most " + MOST));
    }
    if (!records.tryWrite(lines.stream().map(RefusalResource::told).toList())) {
      throw new ProblemException(Problem.unavailable("A place for one more event"));
    }
  }

  private static Tally.Told told(@Nullable Line asked) {
    Line line = RequestBody.require(asked);
    try {
      return new Tally.Told(
          new SecurityEvent.Refused(
              UUID.fromString(text(line.id())),
              Instant.parse(text(line.at())),
              word("what", line.what()),
              word("why", line.why()),
              text(line.subject()),
              new SecurityEvent.Asker(
                  Optional.ofNullable(line.userId()).map(UserId::parse),
                  text(line.credential()),
                  text(line.address())),
              line.count()),
          "");
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ProblemException(Problem.badField("refusals", "ids, a time, a count from 1"), e);
    }
  }

  private static String word(String field, @Nullable String value) {
    if (value == null || !WORD.matcher(value).matches()) {
      throw new ProblemException(Problem.badField(field, "a word of a-z, . and -"));
    }
    return value;
  }

  private static String text(@Nullable String value) {
    String text = value == null ? "" : value;
    if (text.length() > LONGEST) {
      throw new ProblemException(Problem.badField("refusals", "at most 300 characters each"));
    }
    return text;
  }
}
