// SPDX-License-Identifier: Apache-2.0
/**
 * The trusted process of a sandbox: takes the workspace's key, mounts it, runs the user's programs
 * in a cell and ends itself when it should. Does nothing without a ticket of session-service.
 */
@NullMarked
package dev.cofferdam.agent;

import org.jspecify.annotations.NullMarked;
