// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.auth.Caller;
import dev.cofferdam.secrets.SecretBytes;
import io.restassured.response.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** A browser that goes to a provider and comes back, as the gateway sees it. */
final class Traveller {
  private final Caller gateway;
  private final String provider;
  private final String address;
  private final String browser = SecretBytes.random(32).toBase64Url();

  Traveller(Caller gateway, String provider) {
    this(gateway, provider, "127.0.0.1");
  }

  /** One who is there. */
  Traveller(Caller gateway, String provider, String address) {
    this.address = address;
    this.gateway = gateway;
    this.provider = provider;
  }

  Response tryBegin() {
    return gateway.post(
        "/internal/providers/" + provider + "/sign-ins",
        Map.of("browser", browser, "address", address));
  }

  URI begin() {
    return URI.create(tryBegin().then().statusCode(201).extract().path("address"));
  }

  /** With what a provider put behind our address. */
  Response comeBack(URI redirect) {
    return comeBack(StandIn.query(redirect));
  }

  Response comeBack(Map<String, String> answer) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("browser", browser);
    body.put("userAgent", "test");
    body.put("address", address);
    answer.forEach(
        (name, value) -> {
          switch (name) {
            case "code", "state", "error" -> body.put(name, value);
            case "iss" -> body.put("issuer", value);
            default -> {}
          }
        });
    return gateway.post("/internal/providers/" + provider + "/callbacks", body);
  }
}
