// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.web;

import dev.cofferdam.gateway.door.ProblemAnswers;
import dev.cofferdam.gateway.door.PublicOrigin;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.secrets.SecretBytes;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;

/** Everything outside {@code /api}: pages, built files, and "there is nothing here". */
@ApplicationScoped
class PageRoutes {
  private static final int BEFORE_REST = 100;
  private static final int NONCE_BYTES = 18;
  private static final String NONCE_MARK = "__CSP_NONCE__";
  private static final String SOCKETS_MARK = "__SOCKETS__";
  private static final String ASSETS = "/assets/";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final Pattern PAGE =
      Pattern.compile(
          "/|/sign-in|/signed-out|/invitation|/w/[^/]{1,64}|/settings(/api-keys)?"
              + "|/activity(/sign-ins)?|/people(/[^/]{1,64})?|/reference|/audit(/alerts)?");

  private final BuiltFiles files = new BuiltFiles();
  private final Optional<String> index = files.index();
  private final String policy = files.pagePolicy();
  private final PublicOrigin origin;

  PageRoutes(PublicOrigin origin) {
    this.origin = origin;
  }

  void install(@Observes Router router) {
    router.route(ASSETS + "*").order(BEFORE_REST).handler(this::assets);
    router.route().order(BEFORE_REST + 1).handler(this::pages);
  }

  private void assets(RoutingContext request) {
    if (!isRead(request)) {
      ProblemAnswers.send(
          request, Problem.of("method", 405, "Not a method of this route", "Use GET."));
      return;
    }
    String path = request.normalizedPath();
    // The route is that of the folder's own name too.
    Optional<Asset> asset =
        path.startsWith(ASSETS) ? files.asset(path.substring(ASSETS.length())) : Optional.empty();
    if (asset.isEmpty()) {
      ProblemAnswers.send(request, Problem.notFound("file"));
      return;
    }
    send(request, asset.get());
  }

  private static void send(RoutingContext request, Asset asset) {
    String accepted = request.request().headers().get("Accept-Encoding");
    Optional<String> encoding = asset.encodingFor(accepted == null ? "" : accepted);
    HttpServerResponse answer = request.response();
    answer
        .putHeader("Content-Type", asset.contentType())
        .putHeader("Cache-Control", FOR_EVER)
        .putHeader("Vary", "Accept-Encoding");
    encoding.ifPresent(name -> answer.putHeader("Content-Encoding", name));
    answer.end(encoding.map(asset.encoded()::get).orElse(asset.plain()));
  }

  private void pages(RoutingContext request) {
    String path = request.normalizedPath();
    if (path.equals("/api") || path.startsWith("/api/")) {
      request.next();
      return;
    }
    boolean known = PAGE.matcher(path).matches();
    if (!isRead(request)) {
      ProblemAnswers.send(
          request,
          known
              ? Problem.of("method", 405, "Not a method of this route", "Use GET.")
              : Problem.notFound("page"));
    } else if (known) {
      page(request, 200);
    } else if (wantsHtml(request)) {
      page(request, 404);
    } else {
      ProblemAnswers.send(request, Problem.notFound("page"));
    }
  }

  /** The same page for each path; what it shows is its own business. */
  private void page(RoutingContext request, int status) {
    if (index.isEmpty()) {
      ProblemAnswers.send(
          request, Problem.of("no-page", 503, "The web app is not built in", "Build web first."));
      return;
    }
    String nonce = nonce();
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Content-Security-Policy", policy(nonce))
        .end(index.get().replace(NONCE_MARK, nonce));
  }

  private String policy(String nonce) {
    return policy.replace(NONCE_MARK, nonce).replace(SOCKETS_MARK, origin.socketOrigin());
  }

  private static String nonce() {
    try (SecretBytes nonce = SecretBytes.random(NONCE_BYTES)) {
      return nonce.toBase64Url();
    }
  }

  private static boolean isRead(RoutingContext request) {
    String method = request.request().method().name();
    return method.equals("GET") || method.equals("HEAD");
  }

  private static boolean wantsHtml(RoutingContext request) {
    String accept = request.request().getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }
}
