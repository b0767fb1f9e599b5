// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.meter;

/**
 * What a process uses, or several together.
 *
 * @param residentBytes in memory now; what processes share counts for each of them
 * @param cpuMicros its own, and that of the children it has waited for
 */
record ProcessUse(long residentBytes, long cpuMicros) {
  static final ProcessUse NONE = new ProcessUse(0, 0);

  ProcessUse plus(ProcessUse other) {
    return new ProcessUse(residentBytes + other.residentBytes, cpuMicros + other.cpuMicros);
  }
}
