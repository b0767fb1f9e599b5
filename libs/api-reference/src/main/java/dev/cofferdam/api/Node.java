// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place in a tree of maps, lists and values; what is not there is empty. */
record Node(@Nullable Object value) {
  Node at(String name) {
    return new Node(value instanceof Map<?, ?> map ? map.get(name) : null);
  }

  Stream<Map.Entry<String, Node>> entries() {
    return value instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(e -> Map.entry(String.valueOf(e.getKey()), new Node(e.getValue())))
        : Stream.empty();
  }

  Stream<Node> items() {
    return value instanceof List<?> list ? list.stream().map(Node::new) : Stream.empty();
  }

  boolean isThere() {
    return value != null;
  }

  String text() {
    return value == null ? "" : value.toString();
  }
}
