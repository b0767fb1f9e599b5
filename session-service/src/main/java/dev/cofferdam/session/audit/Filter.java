// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Which entries are wanted: conditions in SQL with a question mark each, and what stands for it.
 * The conditions are ours, never a client's words.
 */
record Filter(List<String> conditions, List<Object> values) {
  static final Filter ALL = new Filter(List.of(), List.of());

  Filter {
    conditions = List.copyOf(conditions);
    values = List.copyOf(values);
  }

  /**
   * @param condition for instance {@code actor = ?}
   */
  Filter and(String condition, Object value) {
    List<String> more = new ArrayList<>(conditions);
    more.add(condition);
    List<Object> with = new ArrayList<>(values);
    with.add(value);
    return new Filter(more, with);
  }

  /** Empty, or with {@code where} in front. */
  String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }
}
