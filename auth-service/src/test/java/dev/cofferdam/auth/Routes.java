// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Every route there is, also one that is added tomorrow: as the build has written them down. */
final class Routes {
  private static final List<String> PUBLIC = List.of("/.well-known/jwks.json");

  private Routes() {}

  /** Ids in the path are of nothing. */
  record Route(String method, String path) {
    boolean isPublic() {
      return PUBLIC.contains(path);
    }

    boolean isForParts() {
      return path.startsWith("/internal/");
    }
  }

  static List<Route> all() throws IOException {
    List<Route> routes = new ArrayList<>();
    JsonNode api = new ObjectMapper().readTree(Path.of("target/openapi/openapi.json").toFile());
    api.path("paths")
        .forEachEntry(
            (path, methods) ->
                methods.fieldNames().forEachRemaining(method -> routes.add(route(method, path))));
    assertThat(routes).hasSizeGreaterThan(4);
    return routes;
  }

  /** Those for people and their programs. */
  static List<Route> forPeople() throws IOException {
    List<Route> routes =
        all().stream().filter(route -> !route.isPublic() && !route.isForParts()).toList();
    assertThat(routes).hasSizeGreaterThan(20);
    return routes;
  }

  private static Route route(String method, String path) {
    String real = path.replaceAll("\\{[A-Za-z]+}", UUID.randomUUID().toString());
    return new Route(method.toUpperCase(Locale.ROOT), real);
  }
}
