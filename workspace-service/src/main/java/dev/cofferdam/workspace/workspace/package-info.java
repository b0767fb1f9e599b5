// SPDX-License-Identifier: Apache-2.0
/**
 * Workspaces: what they are called, whose they are, and their end. Wrapped keys lie in their rows;
 * no unwrapped key is ever here.
 */
@NullMarked
package dev.cofferdam.workspace.workspace;

import org.jspecify.annotations.NullMarked;
