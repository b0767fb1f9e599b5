// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the file says of one provider. Each key is taken once; one that nobody takes is an error.
 */
final class Section {
  private final String id;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  Section(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  void put(String key, String value) {
    if (value.isEmpty()) {
      throw wrong(key, "has no value; write one or take the line out");
    }
    if (values.putIfAbsent(key, value) != null) {
      throw wrong(key, "is there twice; take one line out");
    }
  }

  Optional<String> find(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  String require(String key, String fix) {
    return find(key).orElseThrow(() -> wrong(key, "is missing; " + fix));
  }

  /** Separated by commas; empty without the key. */
  Set<String> list(String key) {
    Set<String> all = new LinkedHashSet<>();
    for (String part : find(key).orElse("").split(",", -1)) {
      if (!part.isBlank()) {
        all.add(part.strip());
      }
    }
    return all;
  }

  /** To be called last. */
  void refuseUnknown() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw wrong(key, "there is no such key; there are " + String.join(", ", known));
      }
    }
  }

  Misconfigured wrong(String key, String fix) {
    return new Misconfigured(id + "." + key, fix);
  }
}
