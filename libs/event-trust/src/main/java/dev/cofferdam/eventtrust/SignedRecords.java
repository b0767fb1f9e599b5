// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventtrust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.partidentity.PartIdentity;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records with the signature of who tells them beside the value. */
public final class SignedRecords {
  /** How many are signed together at most. */
  public static final int MOST = Place.MOST;

  /** The record header with a detached JSON Web Signature (RFC 7515, appendix F) of a batch. */
  public static final String SIGNATURE = "signature";

  /** The record header with where in that batch the value stands. */
  static final String PLACE = "place";

  private SignedRecords() {}

  public static ProducerRecord<String, String> of(
      PartIdentity teller, String topic, String key, String value) {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, value);
    sign(teller, List.of(record));
    return record;
  }

  /**
   * Signs them with one signature; each can be believed without the others.
   *
   * @throws IllegalArgumentException if there are more than {@value #MOST}
   */
  public static void sign(PartIdentity teller, List<ProducerRecord<String, String>> records) {
    if (records.isEmpty()) {
      return;
    }
    List<Place> places =
        new ArrayList<>(Place.of(records.stream().map(ProducerRecord::value).toList()));
    byte[] signature = teller.sign(places.getFirst().statement()).getBytes(US_ASCII);
    for (int i = 0; i < places.size(); i++) {
      records.get(i).headers().add(SIGNATURE, signature);
      records.get(i).headers().add(PLACE, places.get(i).text().getBytes(US_ASCII));
    }
  }
}
