// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.web;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The built web app on the class path; what was read once stays in memory. */
final class BuiltFiles {
  /** No slash, so no way out of the directory. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

  private final Map<String, Asset> known = new ConcurrentHashMap<>();

  Optional<String> index() {
    return read("web/index.html").map(Buffer::toString);
  }

  /** Content-Security-Policy of pages; the web app's tests have it evaluated. */
  String pagePolicy() {
    return read("page-policy").orElseThrow().toString().strip();
  }

  Optional<Asset> asset(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Asset asset = known.get(name);
    return asset != null ? Optional.of(asset) : load(name);
  }

  private Optional<Asset> load(String name) {
    Optional<String> type = Asset.typeOf(name);
    Optional<Buffer> plain = type.flatMap(t -> read("web/assets/" + name));
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Buffer> encoded = new HashMap<>();
    read("web/assets/" + name + ".br").ifPresent(b -> encoded.put("br", b));
    read("web/assets/" + name + ".gz").ifPresent(b -> encoded.put("gzip", b));
    Asset asset = new Asset(type.orElseThrow(), plain.get(), encoded);
    known.put(name, asset);
    return Optional.of(asset);
  }

  private static Optional<Buffer> read(String path) {
    try (InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
