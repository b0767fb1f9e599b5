// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.eventtrust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.events.Envelope;
import dev.cofferdam.events.Event;
import dev.cofferdam.events.EventCodec;
import dev.cofferdam.events.MalformedEvent;
import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.events.SessionEvent;
import dev.cofferdam.events.WorkspaceEvent;
import dev.cofferdam.eventtrust.EventRefused.Reason;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.StatementRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Takes events out of records: only what the part tells whose type it is, signed by it, under its
 * own topic and key. Kafka says who may write to a topic; several may write to one. For one thread.
 */
public final class EventReader {
  private static final int LONGEST_KEY = 512;
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

  /** Of ends; anything later could not be stored. */
  private static final Instant LAST_DAY = Instant.parse("9999-12-31T00:00:00Z");

  private static final int MOST_REMEMBERED = 16;

  private final Supplier<PartIdentity> identity;
  private final InstantSource clock;

  private record Signed(String statement, String signature) {}

  /** Batches that were just verified. */
  private final Map<Signed, PartName> last =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Signed, PartName> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /**
   * @param identity whose authority the tellers' certificates have to be of; asked at each record
   */
  public EventReader(Supplier<PartIdentity> identity, InstantSource clock) {
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * The event alone.
   *
   * @throws EventRefused if it is not to be taken for what it says
   */
  public Event read(ConsumerRecord<String, String> record) throws EventRefused {
    return hear(record).event();
  }

  /**
   * With who tells it, and what they say beside it.
   *
   * @throws EventRefused if it is not to be taken for what it says
   */
  public HeardEvent hear(ConsumerRecord<String, String> record) throws EventRefused {
    String value = record.value();
    if (value == null) {
      throw new EventRefused(Reason.UNREADABLE, "there is nothing in it");
    }
    PartName teller = teller(record, value);
    Envelope envelope = envelope(value);
    Event event = envelope.event();
    if (!isPlain(event.key())) {
      throw new EventRefused(Reason.UNREADABLE, "its key is no text of up to 512 characters");
    }
    if (!tellers(event).contains(teller)) {
      throw new EventRefused(
          Reason.NO_RIGHT, teller.word() + " tells of " + event.getClass().getSimpleName());
    }
    if (!record.topic().equals(event.topic().wireName()) || !event.key().equals(record.key())) {
      throw new EventRefused(
          Reason.MISPLACED, "it belongs to " + event.topic().wireName() + " under its own key");
    }
    if (!isPossible(event)) {
      throw new EventRefused(Reason.IMPOSSIBLE_TIME, "it happens at " + event.at());
    }
    return new HeardEvent(teller, envelope);
  }

  /** A reader may keep books by key: in a database, and for a long time. */
  private static boolean isPlain(String key) {
    return key.length() <= LONGEST_KEY
        && key.codePoints()
            .noneMatch(
                point ->
                    Character.isISOControl(point)
                        || Character.getType(point) == Character.SURROGATE);
  }

  /** An end is an end, even of a clock that was set back: it takes rights away and gives none. */
  private boolean isPossible(Event event) {
    Instant latest = isEnd(event) ? LAST_DAY : clock.instant().plus(CLOCKS_DIFFER);
    return !event.at().isBefore(Instant.EPOCH) && !event.at().isAfter(latest);
  }

  private static boolean isEnd(Event event) {
    return switch (event) {
      case SessionEvent.Locking locking -> true;
      case SessionEvent.Locked locked -> true;
      case SecurityEvent.SignInEnded ended -> true;
      case SecurityEvent.EmergencyStopChanged changed -> changed.stopped();
      default -> false;
    };
  }

  private PartName teller(ConsumerRecord<String, String> record, String value) throws EventRefused {
    String signature = header(record, SignedRecords.SIGNATURE);
    try {
      Place place = Place.parse(header(record, SignedRecords.PLACE));
      if (!place.isOf(value)) {
        throw new EventRefused(Reason.FORGED, "it is not what was signed");
      }
      Signed signed = new Signed(place.statement(), signature);
      PartName known = last.get(signed);
      if (known != null) {
        return known;
      }
      PartName teller = identity.get().signerOf(signed.statement(), signature);
      last.put(signed, teller);
      return teller;
    } catch (StatementRefused | IllegalArgumentException e) {
      throw new EventRefused(Reason.FORGED, e);
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name)
      throws EventRefused {
    Header header = record.headers().lastHeader(name);
    if (header == null || header.value() == null) {
      throw new EventRefused(Reason.UNSIGNED, "it has no " + name);
    }
    return new String(header.value(), US_ASCII);
  }

  private static Envelope envelope(String value) throws EventRefused {
    try {
      return EventCodec.open(value);
    } catch (MalformedEvent e) {
      throw new EventRefused(Reason.UNREADABLE, e);
    }
  }

  /** Who may tell of it. */
  public static Set<PartName> tellers(Event event) {
    return switch (event) {
      case SessionEvent e -> Set.of(PartName.SESSION);
      case WorkspaceEvent e -> Set.of(PartName.WORKSPACE);
      case SecurityEvent.EmergencyStopChanged e -> Set.of(PartName.SESSION);
      case SecurityEvent.MaintenanceChanged e -> Set.of(PartName.SESSION);
      case SecurityEvent.OthersSeen e -> Set.of(PartName.AUTH, PartName.SESSION);
      case SecurityEvent.SessionEntered e -> Set.of(PartName.SESSION);
      case SecurityEvent.OfAlert e -> Set.of(PartName.SESSION);
      case SecurityEvent.OfPerson e -> Set.of(PartName.AUTH);
      case SecurityEvent.Refused e -> Set.of(PartName.AUTH, PartName.SESSION, PartName.WORKSPACE);
    };
  }
}
