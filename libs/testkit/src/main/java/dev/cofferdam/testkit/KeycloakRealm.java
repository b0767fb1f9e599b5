// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cofferdam.secrets.SecretBytes;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Keycloak knows at its start: people, groups, one confidential client that must use PKCE.
 *
 * @param redirect the one address that codes are sent to
 * @param backchannelLogout where it tells that somebody has signed out
 */
public record KeycloakRealm(
    String clientId,
    String clientSecret,
    URI redirect,
    URI backchannelLogout,
    List<Person> people) {
  static final String NAME = "test";
  static final String ADMINISTRATOR = "administrator";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Somebody with a password and groups. */
  public record Person(String name, String password, String email, List<String> groups) {
    public Person {
      groups = List.copyOf(groups);
    }

    public static Person of(String name, String... groups) {
      String password = SecretBytes.random(12).toBase64Url();
      return new Person(name, password, name + "@example.org", List.of(groups));
    }

    @Override
    public String toString() {
      return "Person[" + name + "]";
    }

    private Map<String, Object> json() {
      return Map.of(
          "username",
          name,
          "email",
          email,
          "firstName",
          name,
          "lastName",
          "Test",
          "emailVerified",
          true,
          "enabled",
          true,
          "credentials",
          List.of(Map.of("type", "password", "value", password)),
          "groups",
          groups.stream().map(group -> "/" + group).toList());
    }
  }

  public KeycloakRealm {
    people = List.copyOf(people);
  }

  /** The same with one more person. */
  KeycloakRealm with(Person person) {
    List<Person> all = new ArrayList<>(people);
    all.add(person);
    return new KeycloakRealm(clientId, clientSecret, redirect, backchannelLogout, all);
  }

  @Override
  public String toString() {
    return "KeycloakRealm[" + clientId + "]";
  }

  /** In the form that Keycloak imports. */
  String json(String administratorSecret) {
    Map<String, Object> realm = new LinkedHashMap<>();
    realm.put("realm", NAME);
    realm.put("enabled", true);
    realm.put("sslRequired", "none");
    realm.put("groups", groups().stream().map(group -> Map.of("name", group)).toList());
    List<Object> users = new ArrayList<>(people.stream().map(Person::json).toList());
    users.add(administrator());
    realm.put("users", users);
    realm.put("clients", List.of(client(), administratorClient(administratorSecret)));
    try {
      return JSON.writeValueAsString(realm);
    } catch (JsonProcessingException e) {
      throw new TestkitException("maps and strings can be written", e);
    }
  }

  private Set<String> groups() {
    Set<String> groups = new TreeSet<>();
    people.forEach(person -> groups.addAll(person.groups()));
    return groups;
  }

  private Map<String, Object> client() {
    Map<String, Object> client = new LinkedHashMap<>();
    client.put("clientId", clientId);
    client.put("secret", clientSecret);
    client.put("redirectUris", List.of(redirect.toString()));
    client.put("publicClient", false);
    client.put("standardFlowEnabled", true);
    client.put("directAccessGrantsEnabled", false);
    client.put(
        "attributes",
        Map.of(
            "pkce.code.challenge.method",
            "S256",
            "backchannel.logout.url",
            backchannelLogout.toString(),
            "backchannel.logout.session.required",
            "true"));
    client.put("protocolMappers", List.of(groupsInIdToken()));
    return client;
  }

  private static Map<String, Object> groupsInIdToken() {
    return Map.of(
        "name",
        "groups",
        "protocol",
        "openid-connect",
        "protocolMapper",
        "oidc-group-membership-mapper",
        "config",
        Map.of("claim.name", "groups", "full.path", "false", "id.token.claim", "true"));
  }

  private static Map<String, Object> administratorClient(String secret) {
    return Map.of(
        "clientId",
        ADMINISTRATOR,
        "secret",
        secret,
        "publicClient",
        false,
        "standardFlowEnabled",
        false,
        "serviceAccountsEnabled",
        true);
  }

  private static Map<String, Object> administrator() {
    return Map.of(
        "username",
        "service-account-" + ADMINISTRATOR,
        "enabled",
        true,
        "serviceAccountClientId",
        ADMINISTRATOR,
        "clientRoles",
        Map.of("realm-management", List.of("realm-admin")));
  }
}
