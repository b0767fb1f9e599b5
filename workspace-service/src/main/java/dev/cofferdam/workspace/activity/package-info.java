// SPDX-License-Identifier: Apache-2.0
/**
 * What session events tell about a workspace: open now, last opened, by whom. One consumer thread.
 */
@NullMarked
package dev.cofferdam.workspace.activity;

import org.jspecify.annotations.NullMarked;
