// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import dev.cofferdam.ledger.Hash;
import dev.cofferdam.ledger.Merkle;
import dev.cofferdam.ledger.Nodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * Roots of complete subtrees, kept with the entry that completes them: that of level {@code n} over
 * the entries up to {@code seq} is the n-th of those 32 bytes each.
 */
final class StoredNodes implements Nodes {
  private static final String SELECT = "select hash, nodes from ledger.entry where seq = ?";

  private final Connection connection;

  StoredNodes(Connection connection) {
    this.connection = connection;
  }

  static byte[] bytes(List<Hash> completed) {
    byte[] bytes = new byte[completed.size() * Hash.BYTES];
    for (int i = 0; i < completed.size(); i++) {
      System.arraycopy(completed.get(i).toBytes(), 0, bytes, i * Hash.BYTES, Hash.BYTES);
    }
    return bytes;
  }

  @Override
  public Hash node(int level, long index) {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setLong(1, (index + 1 << level) - 1);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new LedgerChanged("an entry is missing in front of another");
        }
        if (level == 0) {
          return Merkle.leaf(Hash.copyOf(row.getBytes(1)));
        }
        byte[] nodes = row.getBytes(2);
        if (nodes.length < level * Hash.BYTES) {
          throw new LedgerChanged("an entry lacks its part of the tree");
        }
        return Hash.copyOf(Arrays.copyOfRange(nodes, (level - 1) * Hash.BYTES, level * Hash.BYTES));
      }
    } catch (SQLException e) {
      throw LedgerProblem.unavailable(e);
    }
  }
}
