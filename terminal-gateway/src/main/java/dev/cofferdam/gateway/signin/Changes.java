// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was told of people, sign-ins and keys, in order: what auth-service was asked before it may
 * be answered by how things were. Of the last {@value #MOST} it is known what they were about;
 * whoever asked before those counts as having asked too early. Guarded by its owner.
 */
final class Changes {
  static final int MOST = 4096;

  private final Map<Object, Long> last =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
          boolean full = size() > MOST;
          if (full) {
            unknownUntil = eldest.getValue();
          }
          return full;
        }
      };

  private long told;
  private long unknownUntil;

  /** How much was told so far: to be kept before auth-service is asked. */
  long soFar() {
    return told;
  }

  /** Something was told of it just now. */
  void of(Object what) {
    told++;
    last.remove(what);
    last.put(what, told);
  }

  /** Whether something was told of one of these since then, or may have been. */
  boolean since(long soFar, List<?> about) {
    return unknownUntil > soFar
        || about.stream().anyMatch(what -> last.getOrDefault(what, 0L) > soFar);
  }
}
