// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A fact in its place. Its hash is SHA-256 over
 *
 * <pre>
 * entry = tag seq streamSequence at event outcome prev text{9}
 * tag   = "cofferdam-ledger-entry-v1" 0x00
 * seq, streamSequence = 8 bytes, big endian
 * at    = 8 bytes, big endian: microseconds since 1970-01-01T00:00:00Z
 * event = 16 bytes, as RFC 9562 writes them
 * outcome = 1 byte: 0 refused, 1 allowed
 * prev  = 32 bytes
 * text  = length in bytes (2 bytes, big endian), UTF-8;
 *         stream, kind, actor, credential, address, workspace, subject, reason, detail
 * </pre>
 *
 * @param seq its place in the ledger, from 0 without a gap
 * @param streamSequence its place in its stream, the same way
 * @param prev the hash of the entry before it in its stream, {@link Hash#NONE} for the first
 */
public record Entry(long seq, long streamSequence, Hash prev, Fact fact) {
  private static final byte[] TAG = "cofferdam-ledger-entry-v1\0".getBytes(US_ASCII);
  private static final int FIXED_BYTES = TAG.length + 8 + 8 + 8 + 16 + 1 + Hash.BYTES;

  public Entry {
    if (seq < 0 || streamSequence < 0 || streamSequence > seq) {
      throw new IllegalArgumentException("an entry's place is not in the ledger");
    }
  }

  /** Computed anew at each call. */
  public Hash hash() {
    byte[][] texts = texts();
    int size = FIXED_BYTES;
    for (byte[] text : texts) {
      size += Short.BYTES + text.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.put(TAG).putLong(seq).putLong(streamSequence).putLong(micros(fact.at()));
    bytes.putLong(fact.event().getMostSignificantBits());
    bytes.putLong(fact.event().getLeastSignificantBits());
    bytes.put((byte) (fact.outcome() == Outcome.ALLOWED ? 1 : 0)).put(prev.toBytes());
    for (byte[] text : texts) {
      bytes.putShort((short) text.length).put(text);
    }
    return Hash.of(bytes.array());
  }

  private byte[][] texts() {
    Fact.What what = fact.what();
    Fact.Who who = fact.who();
    return new byte[][] {
      what.stream().getBytes(UTF_8),
      what.kind().getBytes(UTF_8),
      who.actor().getBytes(UTF_8),
      who.credential().getBytes(UTF_8),
      who.address().getBytes(UTF_8),
      what.workspace().getBytes(UTF_8),
      what.subject().getBytes(UTF_8),
      fact.reason().getBytes(UTF_8),
      what.detail().getBytes(UTF_8)
    };
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
