// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A question to session-service, which knows what each field may be and refuses the rest. */
record AuditQuery(Map<String, String> fields) {
  static AuditQuery of(Map<String, @Nullable String> asked) {
    Map<String, String> fields = new TreeMap<>();
    asked.forEach(
        (name, value) -> {
          if (value != null) {
            fields.put(name, value);
          }
        });
    return new AuditQuery(Map.copyOf(fields));
  }

  /** With its question mark; empty for no question. */
  String text() {
    Set<Map.Entry<String, String>> all = new TreeMap<>(fields).entrySet();
    return all.stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", all.isEmpty() ? "" : "?", ""));
  }
}
