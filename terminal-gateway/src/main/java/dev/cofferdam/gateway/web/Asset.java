// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.web;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/** A built file and its compressed siblings, by the name of their encoding. */
record Asset(String contentType, Buffer plain, Map<String, Buffer> encoded) {
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json",
          "txt", "text/plain; charset=utf-8",
          "wasm", "application/wasm",
          "map", "application/json");

  Asset {
    encoded = Map.copyOf(encoded);
  }

  /** Empty for a file that is not meant to be asked for by its name. */
  static Optional<String> typeOf(String name) {
    return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
  }

  /** The best encoding that this {@code Accept-Encoding} takes. */
  Optional<String> encodingFor(String accepted) {
    for (String encoding : new String[] {"br", "gzip"}) {
      if (encoded.containsKey(encoding) && takes(accepted, encoding)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }

  private static boolean takes(String accepted, String encoding) {
    for (String item : accepted.split(",", -1)) {
      String[] parts = item.strip().split(";", 2);
      if (parts[0].strip().equalsIgnoreCase(encoding)) {
        return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }
}
