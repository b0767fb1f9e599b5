// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Lets in the parts that a route names, told by their certificate and by the credential that both
 * were handed at start: {@code coffer.caller.NAME.secret}. Without either nobody is let in.
 */
@Provider
@AdmitCaller
public class CallerFilter implements ContainerRequestFilter {
  private static final String SCHEME = "Bearer ";

  private final ResourceInfo resource;
  private final CurrentVertxRequest current;

  CallerFilter(@Context ResourceInfo resource, CurrentVertxRequest current) {
    this.resource = resource;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String header = Optional.ofNullable(request.getHeaderString("Authorization")).orElse("");
    boolean admitted = false;
    for (String caller : callers()) {
      admitted |=
          header.startsWith(SCHEME)
              && holds(caller, header.substring(SCHEME.length()))
              && Peer.isOneOf(Set.of(caller), current.getCurrent().request());
    }
    if (!admitted) {
      throw new RefusedException(
          Problem.refused("This route is for other parts of Cofferdam."),
          Refusal.of("route-refused", "other-part"));
    }
  }

  private String[] callers() {
    AdmitCaller ofMethod = resource.getResourceMethod().getAnnotation(AdmitCaller.class);
    AdmitCaller ofClass = resource.getResourceClass().getAnnotation(AdmitCaller.class);
    AdmitCaller nearest = ofMethod != null ? ofMethod : ofClass;
    return nearest == null ? new String[0] : nearest.value();
  }

  /** Filters are made before what was handed over is read, so the configuration is asked late. */
  private boolean holds(String caller, String presented) {
    return ConfigProvider.getConfig()
        .getOptionalValue("coffer.caller." + caller + ".secret", String.class)
        .map(
            secret ->
                MessageDigest.isEqual(secret.getBytes(US_ASCII), presented.getBytes(US_ASCII)))
        .orElse(false);
  }
}
