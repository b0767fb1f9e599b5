// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.SessionId;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The payload of a ticket: a flat JSON object of exactly the claims below, no others. */
final class TicketCodec {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String ISSUER = "session-service";
  private static final Set<String> ALWAYS =
      Set.of("iss", "jti", "act", "sbx", "ses", "wks", "usr", "iat", "exp");
  private static final Set<String> WITH_TERMS = Set.of("lse", "idl", "wrn", "awy", "fst");

  /** Missing where a session was opened before there was one. */
  private static final String STORAGE = "sto";

  /** Missing where there is no such timeout. */
  private static final String COMMAND = "cmd";

  private static final String MOUNT = "mnt";
  private static final Set<String> PERHAPS = Set.of(STORAGE, COMMAND, MOUNT);

  private TicketCodec() {}

  static byte[] encode(Ticket ticket) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(400);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("iss", ISSUER);
      json.writeStringField("jti", ticket.id());
      json.writeStringField("act", ticket.action().wireName());
      json.writeStringField("sbx", ticket.sandbox().toString());
      json.writeStringField("ses", ticket.session().toString());
      json.writeStringField("wks", ticket.workspace().toString());
      json.writeStringField("usr", ticket.user().toString());
      json.writeNumberField("iat", ticket.issuedAt().getEpochSecond());
      json.writeNumberField("exp", ticket.expiresAt().getEpochSecond());
      if (ticket.terms().isPresent()) {
        writeTerms(json, ticket.terms().get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void writeTerms(JsonGenerator json, LeaseTerms terms) throws IOException {
    json.writeNumberField("lse", terms.lease().toSeconds());
    json.writeNumberField("idl", terms.idle().toSeconds());
    json.writeNumberField("wrn", terms.warn().toSeconds());
    json.writeNumberField("awy", terms.away().toSeconds());
    json.writeBooleanField("fst", terms.firstOpen());
    if (terms.storageBytes().isPresent()) {
      json.writeNumberField(STORAGE, terms.storageBytes().getAsLong());
    }
    if (terms.timeouts().command().isPresent()) {
      json.writeNumberField(COMMAND, terms.timeouts().command().get().toSeconds());
    }
    if (terms.timeouts().mount().isPresent()) {
      json.writeNumberField(MOUNT, terms.timeouts().mount().get().toSeconds());
    }
  }

  /**
   * @throws MalformedTicket unless it is exactly such an object
   */
  static Ticket decode(byte[] payload) {
    Map<String, Object> claims = readFlatObject(payload);
    TicketAction action = TicketAction.ofWireName(text(claims, "act"));
    boolean withTerms = action == TicketAction.OPEN || action == TicketAction.RENEW;
    long more = PERHAPS.stream().filter(claims::containsKey).count();
    long expected = ALWAYS.size() + (withTerms ? WITH_TERMS.size() + more : 0);
    if (claims.size() != expected || !ISSUER.equals(text(claims, "iss"))) {
      throw new MalformedTicket("not the claims of this action");
    }
    try {
      return new Ticket(
          text(claims, "jti"),
          action,
          SandboxId.parse(text(claims, "sbx")),
          SessionId.parse(text(claims, "ses")),
          WorkspaceId.parse(text(claims, "wks")),
          UserId.parse(text(claims, "usr")),
          Instant.ofEpochSecond(number(claims, "iat")),
          Instant.ofEpochSecond(number(claims, "exp")),
          withTerms ? Optional.of(terms(claims)) : Optional.empty());
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new MalformedTicket("a claim has a wrong value");
    }
  }

  private static LeaseTerms terms(Map<String, Object> claims) {
    return new LeaseTerms(
        Duration.ofSeconds(number(claims, "lse")),
        Duration.ofSeconds(number(claims, "idl")),
        Duration.ofSeconds(number(claims, "wrn")),
        Duration.ofSeconds(number(claims, "awy")),
        flag(claims, "fst"),
        claims.containsKey(STORAGE)
            ? OptionalLong.of(number(claims, STORAGE))
            : OptionalLong.empty(),
        new Timeouts(timeout(claims, COMMAND), timeout(claims, MOUNT)));
  }

  private static Optional<Duration> timeout(Map<String, Object> claims, String name) {
    return claims.containsKey(name)
        ? Optional.of(Duration.ofSeconds(number(claims, name)))
        : Optional.empty();
  }

  private static Map<String, Object> readFlatObject(byte[] payload) {
    Map<String, Object> claims = new HashMap<>();
    try (JsonParser json = JSON.createParser(new String(payload, UTF_8))) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        require(ALWAYS.contains(name) || WITH_TERMS.contains(name) || PERHAPS.contains(name));
        claims.put(name, value(json, json.nextToken()));
      }
      require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
    } catch (IOException e) {
      throw new MalformedTicket("not JSON");
    }
    return claims;
  }

  private static Object value(JsonParser json, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    }
    require(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE);
    return json.getBooleanValue();
  }

  private static String text(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof String value ? value : missing(name);
  }

  private static long number(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof Long value ? value : missing(name);
  }

  private static boolean flag(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof Boolean value ? value : missing(name);
  }

  private static <T> T missing(String name) {
    throw new MalformedTicket("claim " + name + " is missing or of another type");
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new MalformedTicket("not a flat object of our claims");
    }
  }
}
