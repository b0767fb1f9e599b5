// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.cell;

/**
 * Limits of every process in the cell, by setrlimit(2). Control groups, where there are any, cap
 * the whole box besides.
 *
 * @param processes of the box's uid, RLIMIT_NPROC
 * @param openFiles of one process, RLIMIT_NOFILE
 * @param fileMegabytes the largest file, RLIMIT_FSIZE
 * @param processMegabytes what one process may write to in memory, RLIMIT_DATA
 * @param temporaryMegabytes the size of /tmp and of /dev/shm, which are memory
 */
public record CellLimits(
    int processes, int openFiles, int fileMegabytes, int processMegabytes, int temporaryMegabytes) {
  /** Should memory run out, these go first, and not the agent or a neighbour. */
  private static final int OOM_SCORE_ADJUST = 500;

  private static final long MEBIBYTE = 1024 * 1024;

  public static CellLimits fromProperties() {
    return new CellLimits(
        Integer.getInteger("coffer.limit.processes", 1024),
        Integer.getInteger("coffer.limit.open-files", 4096),
        Integer.getInteger("coffer.limit.file-megabytes", 4096),
        Integer.getInteger("coffer.limit.process-megabytes", 4096),
        Integer.getInteger("coffer.limit.temporary-megabytes", 256));
  }

  /** The start of a shell line, up to the command; soft and hard limits are the same. */
  String command() {
    return "echo "
        + OOM_SCORE_ADJUST
        + " >/proc/self/oom_score_adj; exec prlimit --core=0 --nproc="
        + processes
        + " --nofile="
        + openFiles
        + " --fsize="
        + fileMegabytes * MEBIBYTE
        + " --data="
        + processMegabytes * MEBIBYTE;
  }
}
