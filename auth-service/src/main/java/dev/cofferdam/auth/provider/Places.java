// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * All places to sign in at. Read once, at the start, which a mistake in the file stops; a provider
 * that is away then is tried again with sign-ins.
 */
@ApplicationScoped
class Places {
  private static final Logger LOG = Logger.getLogger(Places.class);
  private static final int WRONG_CONFIGURATION = 78; // EX_CONFIG of sysexits(3)

  private final ProvidersConfig config;
  private final URI publicOrigin;
  private volatile Map<String, Place> places = Map.of();

  Places(ProvidersConfig config, @ConfigProperty(name = "coffer.public.origin") URI publicOrigin) {
    this.config = config;
    this.publicOrigin = publicOrigin;
  }

  void read(@Observes StartupEvent start) {
    try {
      places = read(text(), config.httpOnLoopback(), publicOrigin);
      places.values().forEach(Places::check);
    } catch (Misconfigured e) {
      LOG.error(e.getMessage());
      if (LaunchMode.current() == LaunchMode.NORMAL) {
        // Stopping in order waits for parts of this process that were not started yet.
        Runtime.getRuntime().halt(WRONG_CONFIGURATION);
      }
      throw e;
    }
  }

  static Map<String, Place> read(String text, boolean httpOnLoopback, URI publicOrigin) {
    AddressRule addresses = new AddressRule(httpOnLoopback);
    ProviderHttp http = new ProviderHttp(addresses);
    ProviderReader reader = new ProviderReader(publicOrigin, addresses);
    Map<String, Place> places = new LinkedHashMap<>();
    ProvidersFile.read(text)
        .forEach(
            (id, section) ->
                places.put(
                    id,
                    switch (reader.read(section)) {
                      case Provider.Oidc oidc ->
                          new OidcPlace(oidc, http, addresses, InstantSource.system());
                      case Provider.GitHub hub ->
                          new GitHubPlace(hub, http, InstantSource.system());
                    }));
    requireDifferentIssuers(places.values());
    return Map.copyOf(places);
  }

  /** Of two with the same one could let in whom the other refuses. */
  private static void requireDifferentIssuers(Collection<Place> places) {
    Map<String, String> seen = new LinkedHashMap<>();
    for (Place place : places) {
      String id = place.provider().id();
      String other = seen.putIfAbsent(issuer(place.provider()), id);
      if (other != null) {
        String key = place.provider() instanceof Provider.Oidc ? ".issuer" : ".kind";
        throw new Misconfigured(id + key, "is that of " + other + " too; take one of them out");
      }
    }
  }

  private static String issuer(Provider provider) {
    return switch (provider) {
      case Provider.Oidc oidc -> oidc.issuer().toString();
      case Provider.GitHub hub -> hub.web().toString();
    };
  }

  private String text() {
    if (config.handed().isPresent()) {
      return new String(Base64.getUrlDecoder().decode(config.handed().get()), UTF_8);
    }
    return config.file().map(PrivateFile::read).orElse("");
  }

  /** Whether it is the one that is meant; one that is away may still be. */
  private static void check(Place place) {
    if (place instanceof OidcPlace oidc) {
      try {
        oidc.check();
      } catch (ProviderFailure e) {
        LOG.warnf("provider %s is away: %s", place.provider().id(), e.getMessage());
      }
    }
  }

  /** In the order of their names. */
  Collection<Place> all() {
    return places.values().stream()
        .sorted(java.util.Comparator.comparing(p -> p.provider().common().name()))
        .toList();
  }

  /**
   * @throws ProblemException 404
   */
  Place require(String id) {
    Place place = places.get(id);
    if (place == null) {
      throw new ProblemException(Problem.notFound("provider"));
    }
    return place;
  }
}
