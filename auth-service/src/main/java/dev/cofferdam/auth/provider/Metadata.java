// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a provider says of itself, OpenID Connect Discovery 1.0 section 3.
 *
 * @param namesItself whether it must say who it is in its answers, RFC 9207 section 3
 * @param algorithms of those that we accept, the ones that it signs with
 * @param basic whether clients prove themselves in a header, else in the form
 */
record Metadata(
    URI authorization,
    URI token,
    URI keys,
    boolean namesItself,
    Set<String> algorithms,
    boolean basic) {

  /**
   * @throws Misconfigured if it is not the one that the file means, or can't do what we need
   */
  static Metadata read(Provider.Oidc provider, AddressRule addresses, JsonNode body) {
    String issuer = body.path("issuer").asText();
    if (!issuer.equals(provider.issuer().toString())) {
      throw wrong(
          provider, "issuer", "the provider there calls itself by another name; write its issuer");
    }
    Set<String> algorithms = new LinkedHashSet<>(provider.algorithms());
    algorithms.retainAll(words(body, "id_token_signing_alg_values_supported"));
    if (algorithms.isEmpty()) {
      throw wrong(
          provider, "algorithms", "the provider signs with none of them; write one that it has");
    }
    Set<String> challenges = words(body, "code_challenge_methods_supported");
    if (!challenges.isEmpty() && !challenges.contains("S256")) {
      throw wrong(provider, "issuer", "the provider does not know PKCE with S256; switch it on");
    }
    Set<String> proofs = words(body, "token_endpoint_auth_methods_supported");
    return new Metadata(
        address(provider, addresses, body, "authorization_endpoint"),
        address(provider, addresses, body, "token_endpoint"),
        address(provider, addresses, body, "jwks_uri"),
        body.path("authorization_response_iss_parameter_supported").asBoolean(false),
        Set.copyOf(algorithms),
        proofs.isEmpty() || proofs.contains("client_secret_basic"));
  }

  private static URI address(
      Provider.Oidc provider, AddressRule addresses, JsonNode body, String member) {
    try {
      URI address = URI.create(body.path(member).asText());
      if (addresses.allows(address)) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(provider, "issuer", "the provider's " + member + " is no address");
    }
    throw wrong(provider, "issuer", "the provider's " + member + " is not https");
  }

  private static Set<String> words(JsonNode body, String member) {
    Set<String> words = new LinkedHashSet<>();
    body.path(member).forEach(word -> words.add(word.asText()));
    return words;
  }

  private static Misconfigured wrong(Provider.Oidc provider, String key, String fix) {
    return new Misconfigured(provider.id() + "." + key, fix);
  }
}
