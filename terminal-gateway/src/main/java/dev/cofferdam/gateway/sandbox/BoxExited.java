// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.sandbox;

import dev.cofferdam.identity.SandboxId;

/** A box is gone, with the runtime's word for why, for instance {@code idle}. */
public record BoxExited(SandboxId sandbox, String reason) {}
