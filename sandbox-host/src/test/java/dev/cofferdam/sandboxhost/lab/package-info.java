// SPDX-License-Identifier: Apache-2.0
/**
 * Real boxes for tests: sandbox-host as a process and user of its own, a real Vault, and clients
 * that speak as a gateway and session-service would. Needs the agent that {@code terminal-agent}
 * has built.
 */
@NullMarked
package dev.cofferdam.sandboxhost.lab;

import org.jspecify.annotations.NullMarked;
