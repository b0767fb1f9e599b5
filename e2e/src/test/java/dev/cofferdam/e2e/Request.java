// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP request down to the last header, so that an attack can have it any way it likes. */
record Request(String method, String target, Map<String, String> headers, byte[] body) {

  static Request of(String method, String target) {
    return new Request(method, target, Map.of(), new byte[0]);
  }

  Request with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return new Request(method, target, changed, body);
  }

  Request without(String name) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(name);
    return new Request(method, target, changed, body);
  }

  Request body(String text) {
    return new Request(method, target, headers, text.getBytes(UTF_8));
  }

  Request body(byte[] bytes) {
    return new Request(method, target, headers, bytes);
  }

  @Override
  public String toString() {
    return method + " " + target + " " + headers;
  }
}
