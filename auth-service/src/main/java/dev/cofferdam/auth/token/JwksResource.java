// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.token;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** The public keys of access tokens, RFC 7517 section 5, the newest first. */
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class JwksResource {
  private final SigningKey key;

  JwksResource(SigningKey key) {
    this.key = key;
  }

  @GET
  public Map<String, Object> keys() {
    return Map.of("keys", List.copyOf(key.versions().descendingMap().values()));
  }
}
