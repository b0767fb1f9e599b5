// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.audit;

import java.util.List;

/**
 * That an entry is among those that a head has signed (RFC 9162 section 2.1.3).
 *
 * @param path hashes from the leaf to the root, 64 hexadecimal digits each
 */
public record AuditProof(AuditEntry entry, AuditHead head, List<String> path) {}
