// SPDX-License-Identifier: Apache-2.0
/**
 * How much of the machine a box may use: control groups where some were delegated to us, else
 * resource limits that the agent sets on what it starts. No threads, no secrets.
 */
@NullMarked
package dev.cofferdam.sandboxhost.limits;

import org.jspecify.annotations.NullMarked;
