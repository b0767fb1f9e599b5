// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Origins whose pages may use the API with a key of their own, {@code coffer.cors.origins}: exact
 * ones, with a comma between each; none unless it is set. They get nothing by a cookie, neither
 * sign anybody in, nor open sockets (ADR 0036).
 */
@Singleton
class OtherOrigins {
  private static final int MOST = 50;

  /** As browsers write an origin (RFC 6454, 6.2): lower case, names in ASCII, no default port. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(https?)://([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> DEFAULT_PORTS = Set.of("https:443", "http:80");

  private final Set<String> origins;

  OtherOrigins(
      @ConfigProperty(name = "coffer.cors.origins") Optional<List<String>> origins,
      PublicOrigin ours) {
    List<String> given = origins.orElse(List.of()).stream().map(String::strip).toList();
    if (given.size() > MOST) {
      throw new ConfigurationException("coffer.cors.origins has more than " + MOST + " origins");
    }
    given.forEach(origin -> require(origin, ours));
    this.origins = Set.copyOf(given.stream().distinct().toList());
  }

  private static void require(String origin, PublicOrigin ours) {
    Matcher parts = ORIGIN.matcher(origin);
    if (!parts.matches() || origin.contains("..")) {
      throw wrong(origin, "write it as browsers do, such as https://tools.example.org:8443");
    }
    if (parts.group(1).equals("http") && !LOOPBACK.contains(parts.group(2))) {
      throw wrong(origin, "make it https://, plain http is for this machine alone");
    }
    if (DEFAULT_PORTS.contains(parts.group(1) + parts.group(4))) {
      throw wrong(origin, "leave out the port, which browsers do not write here");
    }
    if (origin.equals(ours.text())) {
      throw wrong(origin, "leave it out, it is our own");
    }
  }

  private static ConfigurationException wrong(String origin, String fix) {
    return new ConfigurationException("coffer.cors.origins: " + origin + ": " + fix);
  }

  /** Whether answers may differ by origin. */
  boolean exist() {
    return !origins.isEmpty();
  }

  /** Whether such a page asks, for something that is there for it. */
  boolean include(Asked asked) {
    return asked.origins().size() == 1
        && origins.contains(asked.origins().getFirst())
        && asked.isApi()
        && !isOfOurPageAlone(asked.path());
  }

  /** What gives cookies, takes them away, or is a socket. */
  private static boolean isOfOurPageAlone(String asked) {
    String path = asked.replaceAll("/+$", ""); // a route is found with a slash behind it as well
    return path.equals("/api/sign-in")
        || path.startsWith("/api/sign-in/")
        || path.equals("/api/sign-out")
        || path.equals("/api/terminal");
  }

  /** Whether it also shows a key, and nothing that a browser adds by itself. */
  boolean admit(Asked asked) {
    return include(asked) && asked.credentials() == Asked.Credentials.AUTHORIZATION;
  }
}
