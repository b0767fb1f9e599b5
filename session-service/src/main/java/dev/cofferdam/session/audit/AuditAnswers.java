// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.Fact;
import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Head;
import dev.cofferdam.ledger.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger as others see it: the same words as in an export. Texts are empty, never absent. */
final class AuditAnswers {
  private AuditAnswers() {}

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
      UUID event,
      String prev,
      String hash) {
    static AuditEntry of(Row row) {
      Fact fact = row.entry().fact();
      return new AuditEntry(
          row.entry().seq(),
          fact.what().stream(),
          row.entry().streamSequence(),
          fact.at().toString(),
          fact.what().kind(),
          fact.who().actor(),
          fact.who().credential(),
          fact.who().address(),
          fact.what().workspace(),
          fact.what().subject(),
          fact.outcome().wireName(),
          fact.reason(),
          fact.what().detail(),
          fact.event(),
          row.entry().prev().toString(),
          row.hash().toString());
    }
  }

  /**
   * @param next what to give as {@code before} for the page behind this one; null at the end
   */
  public record AuditPage(List<AuditEntry> entries, @Nullable Long next) {}

  public record AuditHead(long size, String root, String at, int keyVersion, String signature) {
    static AuditHead of(Head head) {
      return new AuditHead(
          head.size(),
          head.root().toString(),
          head.at().toString(),
          head.keyVersion(),
          head.signature());
    }
  }

  /**
   * @param path RFC 9162 section 2.1.3: from the entry's leaf to the head's root
   */
  public record AuditProof(AuditEntry entry, AuditHead head, List<String> path) {
    static AuditProof of(Row row, Head head, List<Hash> path) {
      return new AuditProof(
          AuditEntry.of(row), AuditHead.of(head), path.stream().map(Hash::toString).toList());
    }
  }
}
