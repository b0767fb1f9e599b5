// SPDX-License-Identifier: Apache-2.0
/**
 * Tells whether the user's programs work on files of the workspace, by what passes through
 * gocryptfs: amounts only, no names and no content.
 */
@NullMarked
package dev.cofferdam.agent.work;

import org.jspecify.annotations.NullMarked;
