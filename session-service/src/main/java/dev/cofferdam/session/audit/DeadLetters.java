// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.eventtrust.EventRefused;
import dev.cofferdam.outbox.EventLoop;
import dev.cofferdam.outbox.Outbox;
import dev.cofferdam.refusals.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was read as an event and is none that may be believed: it goes to a topic of its own, whole
 * as far as {@value #LONGEST} characters, and a refusal tells of it. The next records are not kept
 * waiting.
 */
@ApplicationScoped
public class DeadLetters implements EventLoop.DeadLetters {
  public static final String TOPIC = "coffer.dead.v1";

  /** Six bytes each at most once they are JSON: within what one message may have. */
  private static final int LONGEST = 6000;

  private static final int LONGEST_KEY = 200;
  private static final int VERSION = 1;
  private static final String GAP = "gap-before";
  private static final String GAP_AT_END = "gap-after";

  /** As many as an entry of the ledger says. */
  private static final long MOST_COUNTED = 999_999_999;

  private final Outbox outbox;
  private final Event<Refusal> refusals;
  private final ObjectMapper json;
  private final InstantSource clock;

  DeadLetters(Outbox outbox, Event<Refusal> refusals, ObjectMapper json, InstantSource clock) {
    this.clock = clock;
    this.outbox = outbox;
    this.refusals = refusals;
    this.json = json;
  }

  /**
   * Read again after a failure it is put there again: its place says that it is the same. The
   * refusal is of the topic, so that a flood of them is one line with a number.
   */
  @Override
  public void take(ConsumerRecord<String, String> record, EventRefused refused) {
    ObjectNode letter =
        letter(record.topic(), refused)
            .put("partition", record.partition())
            .put("offset", record.offset())
            .put("key", cut(record.key(), LONGEST_KEY))
            .put("value", cut(record.value(), LONGEST));
    put(letter, refused, record.topic());
  }

  /** An event that could be read and still is not to be believed. */
  void take(Envelope envelope, EventRefused refused) {
    dev.cofferdam.events.Event event = envelope.event();
    ObjectNode letter =
        letter(event.topic().wireName(), refused)
            .put("key", event.key())
            .put("value", cut(EventCodec.write(envelope), LONGEST));
    put(letter, refused, event.topic().wireName());
  }

  /**
   * Something is missing before an event, which is taken all the same. Call inside the transaction
   * that records it: the next time it is no gap any more.
   *
   * @param about the session, or else the key
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void missingBefore(Envelope behind, String about) {
    dev.cofferdam.events.Event event = behind.event();
    ObjectNode letter =
        letter(event.topic().wireName(), GAP, "what comes before it is missing; it was taken")
            .put("key", event.key())
            .put("value", cut(EventCodec.write(behind), LONGEST));
    outbox.add(TOPIC, event.topic().wireName(), letter.toString());
    outbox.add(new SecurityEvent.Refused(UUID.randomUUID(), clock.instant(), "event", GAP, about));
  }

  /**
   * The newest events of a key are missing, behind which nothing comes. Call inside the transaction
   * that keeps that it was told of.
   *
   * @param about the key, or what it stands for
   * @param missing how many events, from 1
   * @param detail who has told how much of it
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void missingAtTheEnd(String topic, String about, long missing, String detail) {
    ObjectNode letter = letter(topic, GAP_AT_END, detail).put("key", cut(about, LONGEST_KEY));
    outbox.add(TOPIC, topic, letter.toString());
    outbox.add(
        new SecurityEvent.Refused(
            UUID.randomUUID(),
            clock.instant(),
            "event",
            GAP_AT_END,
            about,
            SecurityEvent.Asker.UNKNOWN,
            (int) Math.min(missing, MOST_COUNTED)));
  }

  private ObjectNode letter(String topic, EventRefused refused) {
    return letter(topic, refused.reason().word(), String.valueOf(refused.getMessage()));
  }

  private ObjectNode letter(String topic, String reason, String detail) {
    return json.createObjectNode()
        .put("v", VERSION)
        .put("topic", topic)
        .put("reason", reason)
        .put("detail", cut(detail, LONGEST_KEY));
  }

  private void put(ObjectNode letter, EventRefused refused, String subject) {
    QuarkusTransaction.requiringNew()
        .run(() -> outbox.add(TOPIC, letter.path("topic").asText(), letter.toString()));
    refusals.fire(Refusal.of("event", refused.reason().word()).about(subject));
  }

  private static String cut(@Nullable String text, int longest) {
    String all = text == null ? "" : text;
    if (all.length() <= longest) {
      return all;
    }
    // Half a character could not be stored, and nothing behind it would be read.
    boolean halves = Character.isHighSurrogate(all.charAt(longest - 1));
    return all.substring(0, halves ? longest - 1 : longest);
  }
}
