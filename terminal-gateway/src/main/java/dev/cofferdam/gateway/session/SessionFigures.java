// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import org.jspecify.annotations.Nullable;

/**
 * How an open session is doing. What is not known, or not yet, is null.
 *
 * @param idleSeconds since something was done in it, right to some seconds
 * @param terminals whose program runs
 * @param cpuPercent what its sandbox took of one core since it was measured before; more than 100
 *     with more cores
 * @param memoryBytes of its sandbox as a whole
 */
public record SessionFigures(
    String id,
    @Nullable Integer idleSeconds,
    @Nullable Integer terminals,
    @Nullable Integer cpuPercent,
    @Nullable Long memoryBytes) {

  static SessionFigures of(
      OpenSession session, Activity.@Nullable Now now, Meter.@Nullable Load load) {
    return new SessionFigures(
        session.id().toString(),
        now == null ? null : now.idleSeconds(),
        now == null ? null : now.terminals(),
        load == null || load.cpuPercent().isEmpty() ? null : load.cpuPercent().getAsInt(),
        load == null ? null : load.memoryBytes());
  }
}
