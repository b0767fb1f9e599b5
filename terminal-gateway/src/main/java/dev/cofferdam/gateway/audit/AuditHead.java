// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.audit;

/**
 * What session-service has signed: the first {@code size} entries are those with this root (RFC
 * 9162 section 2.1).
 *
 * @param root 64 hexadecimal digits
 * @param at ISO 8601
 * @param signature ES256, in base64
 */
public record AuditHead(long size, String root, String at, int keyVersion, String signature) {}
