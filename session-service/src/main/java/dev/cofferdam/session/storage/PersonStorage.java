// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.storage;

import java.util.UUID;

/**
 * What one person's workspaces take of the disk, encrypted.
 *
 * @param usedBytes of all of them, each by the last count of a sandbox that had it open
 * @param workspaces how many were counted, 1 or more
 */
public record PersonStorage(UUID userId, long usedBytes, long workspaces) {}
