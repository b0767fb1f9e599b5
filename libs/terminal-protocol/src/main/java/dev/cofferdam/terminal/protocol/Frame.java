// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.terminal.protocol;

/** Anything that travels: sealed by who may send it. */
public sealed interface Frame permits ClientFrame, AgentFrame, ControlFrame, ControlAnswer {}
