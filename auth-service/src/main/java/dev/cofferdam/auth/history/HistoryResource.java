// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.history;

import dev.cofferdam.auth.asking.Asking;
import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The history of the person whose token it is, and what they should know. */
@Path("/")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
public class HistoryResource {
  private static final int PAGE = 50;

  private final History history;
  private final Notices notices;
  private final Asking asking;

  HistoryResource(History history, Notices notices, Asking asking) {
    this.history = history;
    this.notices = notices;
    this.asking = asking;
  }

  /**
   * {@code number} of the last one goes into {@code before} for those from before it. What is
   * refused again and again is one line a minute, with {@code tries}.
   */
  public record SignInLine(
      long number,
      String at,
      String what,
      String method,
      String credential,
      String address,
      String browser,
      String userAgent,
      String reason,
      int tries) {
    static SignInLine of(SignInRecord.Numbered numbered) {
      SignInRecord r = numbered.record();
      return new SignInLine(
          numbered.number(),
          r.at().toString(),
          r.what(),
          r.method(),
          r.credential(),
          r.address(),
          r.userAgent().isEmpty() ? "" : BrowserWords.of(r.userAgent()),
          r.userAgent(),
          r.reason(),
          r.tries());
    }
  }

  /** {@code kind} is {@code new-device} or {@code new-key}. */
  public record NoticeAnswer(
      String id,
      String at,
      String kind,
      String method,
      String credential,
      String address,
      String browser) {
    static NoticeAnswer of(Notice n) {
      return new NoticeAnswer(
          n.id.toString(),
          n.at.toString(),
          n.kind,
          n.method,
          n.credential,
          n.address,
          n.userAgent.isEmpty() ? "" : BrowserWords.of(n.userAgent));
    }
  }

  @GET
  @Path("/sign-ins")
  public List<SignInLine> signIns(@RestQuery @Nullable String before) {
    asking.access().requireOwn(Action.SIGN_INS_READ);
    return history.page(asking.user(), number(before), PAGE).stream().map(SignInLine::of).toList();
  }

  @GET
  @Path("/notices")
  public List<NoticeAnswer> notices() {
    asking.access().requireOwn(Action.NOTICE_LIST);
    return notices.of(asking.user()).stream().map(NoticeAnswer::of).toList();
  }

  @DELETE
  @Path("/notices/{id}")
  public void dismiss(@RestPath String id) {
    notices.dismiss(
        asking
            .access()
            .require(
                Action.NOTICE_DISMISS,
                find(id),
                notice -> Resource.of(Kind.NOTICE, new UserId(notice.accountId))));
  }

  private Optional<Notice> find(String id) {
    try {
      return notices.find(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long number(@Nullable String before) {
    if (before == null || before.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (!before.matches("[0-9]{1,18}")) {
      throw new ProblemException(Problem.badField("before", "the number of a line"));
    }
    return Long.parseLong(before);
  }
}
