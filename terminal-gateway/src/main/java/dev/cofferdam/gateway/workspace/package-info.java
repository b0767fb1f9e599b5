// SPDX-License-Identifier: Apache-2.0
/**
 * Workspaces at the edge: passed on to workspace-service in the name of who asks, and the
 * ciphertext removed after its keys. Virtual threads.
 */
@NullMarked
package dev.cofferdam.gateway.workspace;

import org.jspecify.annotations.NullMarked;
