// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A provider's metadata, asked for once an hour; what was there stays while it is away. */
final class Discovery {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final String PATH = "/.well-known/openid-configuration";

  private final Provider.Oidc provider;
  private final ProviderHttp http;
  private final AddressRule addresses;
  private final InstantSource clock;
  private volatile @Nullable Known known;

  Discovery(Provider.Oidc provider, ProviderHttp http, AddressRule addresses, InstantSource clock) {
    this.provider = provider;
    this.http = http;
    this.addresses = addresses;
    this.clock = clock;
  }

  private record Known(Metadata metadata, Instant readAt) {}

  /**
   * @throws ProviderFailure if it is away and always was
   * @throws Misconfigured if it is not the one that is meant
   */
  Metadata metadata() {
    Known before = known;
    Instant now = clock.instant();
    if (before != null && before.readAt().plus(FRESH).isAfter(now)) {
      return before.metadata();
    }
    try {
      Known fresh = new Known(ask(), now);
      known = fresh;
      return fresh.metadata();
    } catch (ProviderFailure e) {
      if (before == null) {
        throw e;
      }
      return before.metadata();
    }
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
