// SPDX-License-Identifier: Apache-2.0
/**
 * PTYs, their scrollback and their views. A thread reads each PTY, one writes it. Terminal content
 * passes through; no keys.
 */
@NullMarked
package dev.cofferdam.agent.terminal;

import org.jspecify.annotations.NullMarked;
