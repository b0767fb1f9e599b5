// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.audit;

/**
 * One line of the ledger: who did what, when, with what, from where, to what, and whether it was
 * allowed. What is not known is empty.
 *
 * @param seq place in the whole ledger, from 0
 * @param stream {@code session}, {@code workspace}, {@code security} or {@code audit}
 * @param streamSequence place in its stream, from 0
 * @param at ISO 8601
 * @param kind what was done: the type of the event
 * @param actor id of the account
 * @param credential fingerprint or id of the key that it was done with
 * @param subject what it was done to, where that is no workspace
 * @param outcome {@code allowed} or {@code refused}
 * @param reason why: a stable word
 * @param prev hash of the entry before it in its stream, 64 hexadecimal digits
 * @param hash its own
 */
public record AuditEntry(
    long seq,
    String stream,
    long streamSequence,
    String at,
    String kind,
    String actor,
    String credential,
    String address,
    String workspace,
    String subject,
    String outcome,
    String reason,
    String detail,
    String event,
    String prev,
    String hash) {}
