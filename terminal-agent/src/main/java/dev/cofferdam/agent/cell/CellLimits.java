// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.cell;

/**
 * Limits of every process in the cell, by setrlimit(2). Control groups, where there are any, cap
 * the whole box besides.
 *
 * @param processes of the box's uid, RLIMIT_NPROC
 * @param openFiles of one process, RLIMIT_NOFILE
 * @param fileMegabytes the largest file, RLIMIT_FSIZE
 * @param temporaryMegabytes the size of /tmp, which is memory
 */
public record CellLimits(int processes, int openFiles, int fileMegabytes, int temporaryMegabytes) {
  public static CellLimits fromProperties() {
    return new CellLimits(
        Integer.getInteger("coffer.limit.processes", 1024),
        Integer.getInteger("coffer.limit.open-files", 4096),
        Integer.getInteger("coffer.limit.file-megabytes", 4096),
        Integer.getInteger("coffer.limit.temporary-megabytes", 256));
  }

  /** prlimit(1) and what follows it; soft and hard limit are the same. */
  String command() {
    return "prlimit --core=0 --nproc="
        + processes
        + " --nofile="
        + openFiles
        + " --fsize="
        + fileMegabytes * 1024L * 1024L;
  }
}
