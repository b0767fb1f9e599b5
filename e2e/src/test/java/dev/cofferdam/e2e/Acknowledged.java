// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was answered with success, by ids: it must be true however much died. What was answered with
 * 503 or not at all is counted only: it may have happened. Thread-safe.
 */
final class Acknowledged {
  private final Set<String> made = ConcurrentHashMap.newKeySet();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final Set<String> opened = ConcurrentHashMap.newKeySet();
  private final Set<String> locked = ConcurrentHashMap.newKeySet();
  private final LongAdder steps = new LongAdder();
  private final Map<String, LongAdder> unknown = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  void made(String workspace) {
    made.add(workspace);
    step();
  }

  void deleted(String workspace) {
    deleted.add(workspace);
    step();
  }

  void opened(String session) {
    opened.add(session);
    step();
  }

  void locked(String session) {
    locked.add(session);
    step();
  }

  /** Something else was done, for instance a line said. */
  void step() {
    steps.increment();
  }

  /** Nobody knows whether it was done. */
  void unknown(String what) {
    unknown.computeIfAbsent(what, key -> new LongAdder()).increment();
  }

  /** Something that must not be, whatever died. */
  void fault(String what) {
    faults.add(what);
  }

  Set<String> made() {
    return made;
  }

  Set<String> deleted() {
    return deleted;
  }

  Set<String> opened() {
    return opened;
  }

  Set<String> locked() {
    return locked;
  }

  long steps() {
    return steps.sum();
  }

  ConcurrentLinkedQueue<String> faults() {
    return faults;
  }

  @Override
  public String toString() {
    return "%d made, %d deleted, %d opened, %d locked, %d steps; unknown: %s"
        .formatted(made.size(), deleted.size(), opened.size(), locked.size(), steps(), unknown);
  }
}
