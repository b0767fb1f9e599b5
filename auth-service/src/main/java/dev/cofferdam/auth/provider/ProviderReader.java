// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.identity.Role;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a provider of what the file says of it, or names the key that is wrong. */
final class ProviderReader {
  /** Asymmetric ones only: a client's secret never verifies a token. */
  static final List<String> ALGORITHMS =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA");

  private static final Set<String> USUAL = Set.of("RS256", "PS256", "ES256", "EdDSA");
  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,2})([mh])");
  private static final Pattern WORD = Pattern.compile("[!#-\\[\\]-~]{1,100}");

  private final URI publicOrigin;
  private final AddressRule addresses;

  ProviderReader(URI publicOrigin, AddressRule addresses) {
    this.publicOrigin = publicOrigin;
    this.addresses = addresses;
  }

  Provider read(Section section) {
    String kind = section.require("kind", "write oidc or github");
    Provider provider =
        switch (kind) {
          case "oidc" -> oidc(section);
          case "github" -> github(section);
          default -> throw section.wrong("kind", "is neither oidc nor github; write one of them");
        };
    section.refuseUnknown();
    return provider;
  }

  private Provider oidc(Section section) {
    URI issuer =
        address(section, "issuer", section.require("issuer", "write the provider's issuer"));
    Set<String> algorithms = section.list("algorithms");
    if (!ALGORITHMS.containsAll(algorithms)) {
      throw section.wrong("algorithms", "takes " + String.join(", ", ALGORITHMS));
    }
    return new Provider.Oidc(
        common(section),
        issuer,
        scopes(section),
        section.find("groups-claim").orElse("groups"),
        algorithms.isEmpty() ? USUAL : algorithms);
  }

  private Provider github(Section section) {
    URI web = address(section, "web", section.find("web").orElse("https://github.com"));
    URI api = address(section, "api", section.find("api").orElse("https://api.github.com"));
    return new Provider.GitHub(common(section), web, api);
  }

  private Provider.Common common(Section section) {
    return new Provider.Common(
        section.id(),
        section.find("name").orElse(section.id()),
        client(section),
        admission(section),
        section.find("session").map(text -> length(section, text)));
  }

  private Provider.Client client(Section section) {
    String id = section.require("client-id", "write the id that the provider gave to Cofferdam");
    String secret =
        section.require("client-secret", "write the secret that the provider gave to Cofferdam");
    Optional<String> weakness = ClientSecret.weakness(secret);
    if (weakness.isPresent()) {
      throw section.wrong(
          "client-secret", weakness.get() + "; have the provider make a random one");
    }
    return new Provider.Client(id, ClientSecret.of(secret), redirect(section));
  }

  private URI redirect(Section section) {
    String path = "/api/sign-in/providers/" + section.id() + "/callback";
    URI ours = publicOrigin.resolve(path);
    URI redirect =
        section.find("redirect-uri").map(t -> parse(section, "redirect-uri", t)).orElse(ours);
    if (!AddressRule.isHttps(redirect) && !AddressRule.isLoopback(redirect)) {
      throw section.wrong(
          "redirect-uri", "is not https; serve Cofferdam by https and write https://HOST" + path);
    }
    if (!redirect.equals(ours)) {
      throw section.wrong("redirect-uri", "is not ours; write " + ours + " or leave it out");
    }
    return redirect;
  }

  private static Admission admission(Section section) {
    String admit = section.find("admit").orElse("listed");
    if (!admit.equals("listed") && !admit.equals("everybody")) {
      throw section.wrong("admit", "is neither listed nor everybody; write one of them");
    }
    Map<Role, Set<String>> roles = new EnumMap<>(Role.class);
    for (Role role : Admission.GIVEN) {
      Set<String> groups = section.list("roles." + role.wireName());
      if (!groups.isEmpty()) {
        roles.put(role, groups);
      }
    }
    Set<String> domains =
        section.list("admit-domains").stream()
            .map(domain -> domain.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new Admission(admit.equals("everybody"), section.list("admit-groups"), domains, roles);
  }

  private static List<String> scopes(Section section) {
    String text = section.find("scopes").orElse("openid profile email");
    List<String> scopes = List.of(text.split(" +"));
    if (!scopes.contains("openid") || !scopes.stream().allMatch(s -> WORD.matcher(s).matches())) {
      throw section.wrong("scopes", "needs openid; write for instance openid profile email");
    }
    return scopes;
  }

  private static Duration length(Section section, String text) {
    Matcher parts = LENGTH.matcher(text);
    if (!parts.matches()) {
      throw section.wrong("session", "is no length; write for instance 8h or 30m");
    }
    long count = Long.parseLong(parts.group(1));
    return parts.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofMinutes(count);
  }

  private URI address(Section section, String key, String text) {
    URI address = parse(section, key, text);
    if (address.getRawQuery() != null || address.getRawFragment() != null) {
      throw section.wrong(key, "has a query; write the address without");
    }
    if (!addresses.allows(address)) {
      throw section.wrong(key, "is not https; write an https:// address");
    }
    return address;
  }

  private static URI parse(Section section, String key, String text) {
    try {
      URI address = new URI(text);
      if (address.getHost() != null && address.getRawUserInfo() == null) {
        return address;
      }
    } catch (java.net.URISyntaxException e) {
      throw section.wrong(key, "is no address; write https://HOST/PATH");
    }
    throw section.wrong(key, "is no address; write https://HOST/PATH");
  }
}
