// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.session;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What one person's workspaces take of the disk, encrypted.
 *
 * @param usedBytes of all of them, as each was last counted
 * @param workspaces how many were counted, 1 or more
 */
@Schema(name = "PersonStorage")
public record PersonStorage(
    @Schema(examples = "6f1d6c1e-3a55-4c0e-9d8e-0a7c1f6f2b11") String userId,
    @Schema(examples = "1200000000") long usedBytes,
    @Schema(examples = "3") long workspaces) {}
