// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whom passkeys are for: the host of {@code coffer.public.origin}, and pages of exactly that
 * origin.
 */
@Singleton
public class RelyingParty {
  static final String NAME = "Cofferdam";
  private final URI origin;

  RelyingParty(@ConfigProperty(name = "coffer.public.origin") URI origin) {
    if (origin.getHost() == null) {
      throw new ConfigurationException("coffer.public.origin is scheme://host:port and no more");
    }
    this.origin = origin;
  }

  String id() {
    return origin.getHost().toLowerCase(Locale.ROOT);
  }

  /** Browsers make passkeys for names, over https or on localhost, and refuse addresses. */
  public boolean isFitForPasskeys() {
    boolean named = id().matches("([a-z0-9-]+\\.)*[a-z][a-z0-9-]*");
    return named && ("https".equals(origin.getScheme()) || id().equals("localhost"));
  }

  /** What an answer to this challenge has to say of where it was given. */
  ServerProperty expecting(byte[] challenge) {
    return new ServerProperty(new Origin(origin.toString()), id(), new DefaultChallenge(challenge));
  }
}
