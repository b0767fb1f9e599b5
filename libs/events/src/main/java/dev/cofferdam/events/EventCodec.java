// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cofferdam.identity.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Events to JSON and back: {@code v}, {@code type}, {@code id}, {@code at}, then what the type has;
 * in version 2 also which of its key it is, and who had it happen. Fields may be added within a
 * version, so unknown ones are passed over; unknown types are not.
 */
public final class EventCodec {
  /** Without a sequence; nobody tells of anything in it any more. */
  private static final int FIRST_VERSION = 1;

  private static final int VERSION = 2;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private EventCodec() {}

  /** In version 1, which has no more than that. */
  public static String write(Event event) {
    return json(FIRST_VERSION, event).toString();
  }

  /** In version 2 if it has its place, else in version 1. */
  public static String write(Envelope envelope) {
    if (envelope.sequence().isEmpty()) {
      return write(envelope.event());
    }
    ObjectNode json = json(VERSION, envelope.event());
    KeySequence sequence = envelope.sequence().get();
    json.put("chain", sequence.chain().toString()).put("number", sequence.number());
    Actor actor = envelope.actor();
    actor.user().ifPresent(user -> json.put("actorId", user.toString()));
    putIfAny(json, "actorCredential", actor.credential());
    putIfAny(json, "actorAddress", actor.address());
    return json.toString();
  }

  private static ObjectNode json(int version, Event event) {
    ObjectNode json = JSON.createObjectNode().put("v", version);
    json.put("type", EventFields.type(event));
    json.put("id", event.id().toString()).put("at", event.at().toString());
    EventFields.put(json, event);
    return json;
  }

  private static void putIfAny(ObjectNode json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }

  /**
   * The event alone.
   *
   * @throws MalformedEvent if it is no event of these versions
   */
  public static Event read(String text) {
    return open(text).event();
  }

  /**
   * With what was said beside it.
   *
   * @throws MalformedEvent if it is no event of these versions
   */
  public static Envelope open(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      int version = json != null && json.path("v").isInt() ? json.path("v").intValue() : 0;
      if (version != FIRST_VERSION && version != VERSION) {
        throw new MalformedEvent("not an event of version 1 or 2");
      }
      UUID id = UUID.fromString(EventFields.word(json, "id"));
      Event event = EventFields.read(json, id, Instant.parse(EventFields.word(json, "at")));
      return version == FIRST_VERSION
          ? Envelope.of(event)
          : new Envelope(event, actor(json), Optional.of(sequence(json)));
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      throw new MalformedEvent("an event that can't be read", e);
    }
  }

  private static KeySequence sequence(JsonNode json) {
    JsonNode number = json.path("number");
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw new MalformedEvent("number is no number");
    }
    return new KeySequence(UUID.fromString(EventFields.word(json, "chain")), number.longValue());
  }

  private static Actor actor(JsonNode json) {
    return new Actor(
        Optional.of(EventFields.wordOrEmpty(json, "actorId"))
            .filter(id -> !id.isEmpty())
            .map(UserId::parse),
        EventFields.wordOrEmpty(json, "actorCredential"),
        EventFields.wordOrEmpty(json, "actorAddress"));
  }
}
