// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.agent.lease;

/** What somebody does who is there. Each puts the idle lock off. */
public enum Activity {
  /** A keystroke, a paste, a new terminal: puts the command timeout off as well. */
  COMMAND,
  /** Programs worked on files: puts the mount timeout off as well. */
  FILES,
  /** Somebody was warned and said so: puts everything off. */
  STAY
}
