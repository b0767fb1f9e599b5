// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** A provider's metadata; what was there stays while it is away. */
final class Discovery {
  private static final String PATH = "/.well-known/openid-configuration";

  private final Provider.Oidc provider;
  private final ProviderHttp http;
  private final AddressRule addresses;
  private final Kept<Metadata> kept;

  Discovery(Provider.Oidc provider, ProviderHttp http, AddressRule addresses, InstantSource clock) {
    this.provider = provider;
    this.http = http;
    this.addresses = addresses;
    kept = new Kept<>(this::ask, ChronoUnit.FOREVER.getDuration(), clock);
  }

  /**
   * @throws ProviderFailure if it is away and always was
   * @throws Misconfigured if it is not the one that is meant
   */
  Metadata metadata() {
    return kept.get().value();
  }

  private Metadata ask() {
    ProviderHttp.Answer answer = http.get(URI.create(base() + PATH), Map.of());
    if (!answer.isOk() || !answer.body().isObject()) {
      throw ProviderFailure.away("no metadata: " + answer.status());
    }
    return Metadata.read(provider, addresses, answer.body());
  }

  /** Section 4.1: a slash at the end is left out. */
  private String base() {
    String issuer = provider.issuer().toString();
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }
}
