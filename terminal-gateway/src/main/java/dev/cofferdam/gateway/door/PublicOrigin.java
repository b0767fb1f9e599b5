// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import dev.cofferdam.problems.Problem;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The one origin that browsers use, {@code coffer.public.origin}, for instance {@code
 * http://localhost:8484}.
 */
@Singleton
public class PublicOrigin {
  private static final String LOCAL = "localhost";

  private final URI origin;

  PublicOrigin(@ConfigProperty(name = "coffer.public.origin") URI origin) {
    boolean bare = origin.getRawPath().isEmpty() && origin.getRawQuery() == null;
    if (!bare || origin.getHost() == null || !origin.getScheme().matches("https?")) {
      throw new ConfigurationException("coffer.public.origin is scheme://host:port and no more");
    }
    if (origin.getScheme().equals("http") && !LOCAL.equalsIgnoreCase(origin.getHost())) {
      throw new ConfigurationException(
          "coffer.public.origin: plain http is for localhost alone, make it https://");
    }
    this.origin = origin;
  }

  /** As a browser writes it into {@code Origin}. */
  public String text() {
    return origin.toString().toLowerCase(Locale.ROOT);
  }

  /** As a browser writes it into {@code Host}. */
  public String authority() {
    return origin.getRawAuthority().toLowerCase(Locale.ROOT);
  }

  public boolean isSecure() {
    return origin.getScheme().equals("https");
  }

  /** For what came to another name or in another way. */
  Problem notHere() {
    return Problem.of("wrong-host", 421, "Not the address of this server", "Use " + text() + ".");
  }

  /** Where its sockets go. */
  public String socketOrigin() {
    return (isSecure() ? "wss://" : "ws://") + authority();
  }

  /** {@code 127.0.0.1} with our port, for which people are sent to the origin itself. */
  String loopbackAuthority() {
    return "127.0.0.1" + (origin.getPort() < 0 ? "" : ":" + origin.getPort());
  }
}
