// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cofferdam.identity.SandboxId;
import dev.cofferdam.identity.WorkspaceId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Messages to lines and back; a line has no newline in it and at most {@link #LONGEST_LINE}
 * characters.
 */
public final class HostCodec {
  /** 64 boxes of some 300 characters fit well. */
  public static final int LONGEST_LINE = 64 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private HostCodec() {}

  public static String write(HostRequest request) {
    ObjectNode json = JSON.createObjectNode().put("id", request.id());
    ObjectNode line =
        switch (request) {
          case HostRequest.Start r ->
              json.put("op", "start").put("workspaceId", r.workspace() + "");
          case HostRequest.Warm r -> json.put("op", "warm").put("workspaceId", r.workspace() + "");
          case HostRequest.ListBoxes r -> json.put("op", "list");
          case HostRequest.Measure r -> json.put("op", "measure");
          case HostRequest.End r -> json.put("op", "end").put("sandboxId", r.sandbox() + "");
          case HostRequest.Destroy r ->
              json.put("op", "destroy").put("workspaceId", r.workspace() + "");
          case HostRequest.Watch r -> json.put("op", "watch");
        };
    return line.toString();
  }

  /**
   * @throws MalformedMessage if it is no request; unknown fields are refused too
   */
  public static HostRequest readRequest(String line) {
    JsonNode json = parse(line);
    long id = number(json, "id");
    return switch (text(json, "op")) {
      case "start" -> new HostRequest.Start(id, workspace(fields(json, 3)));
      case "warm" -> new HostRequest.Warm(id, workspace(fields(json, 3)));
      case "list" -> new HostRequest.ListBoxes(number(fields(json, 2), "id"));
      case "measure" -> new HostRequest.Measure(number(fields(json, 2), "id"));
      case "end" -> new HostRequest.End(id, sandbox(fields(json, 3)));
      case "destroy" -> new HostRequest.Destroy(id, workspace(fields(json, 3)));
      case "watch" -> new HostRequest.Watch(number(fields(json, 2), "id"));
      default -> throw new MalformedMessage("unknown op");
    };
  }

  public static String write(HostMessage message) {
    ObjectNode json = JSON.createObjectNode();
    switch (message) {
      case HostAnswer.Accepted a -> json.put("id", a.id()).put("ok", true);
      case HostAnswer.Started a -> json.put("id", a.id()).put("ok", true).set("box", box(a.box()));
      case HostAnswer.Boxes a -> {
        ArrayNode boxes = json.put("id", a.id()).put("ok", true).putArray("boxes");
        a.boxes()
            .forEach(
                box -> boxes.add(box(box).put("attended", a.attended().contains(box.sandbox()))));
      }
      case HostAnswer.Measured a -> {
        ArrayNode uses = json.put("id", a.id()).put("ok", true).putArray("uses");
        a.uses().forEach(use -> uses.add(use(use)));
      }
      case HostAnswer.Refused a ->
          json.put("id", a.id())
              .put("ok", false)
              .put("problem", a.problem())
              .put("detail", a.detail());
      case HostEvent.Exited e ->
          json.put("event", "exited")
              .put("sandboxId", e.sandbox().toString())
              .put("workspaceId", e.workspace().toString())
              .put("reason", e.reason().wireName());
    }
    return json.toString();
  }

  /**
   * @throws MalformedMessage if it is neither answer nor event
   */
  public static HostMessage readMessage(String line) {
    JsonNode json = parse(line);
    if (json.has("event")) {
      return exited(json);
    }
    long id = number(json, "id");
    if (!json.path("ok").asBoolean()) {
      return new HostAnswer.Refused(id, text(json, "problem"), text(json, "detail"));
    }
    if (json.has("box")) {
      return new HostAnswer.Started(id, box(json.get("box")));
    }
    if (json.has("boxes")) {
      return boxes(id, json.get("boxes"));
    }
    if (json.has("uses")) {
      List<BoxUse> uses = new ArrayList<>();
      json.get("uses").forEach(use -> uses.add(use(use)));
      return new HostAnswer.Measured(id, uses);
    }
    return new HostAnswer.Accepted(id);
  }

  /** An older sandbox-host says nothing of who attends to them. */
  private static HostAnswer boxes(long id, JsonNode list) {
    List<Box> boxes = new ArrayList<>();
    Set<SandboxId> attended = new HashSet<>();
    for (JsonNode json : list) {
      Box box = box(json);
      boxes.add(box);
      if (json.path("attended").asBoolean()) {
        attended.add(box.sandbox());
      }
    }
    return new HostAnswer.Boxes(id, boxes, attended);
  }

  private static HostEvent exited(JsonNode json) {
    if (!text(json, "event").equals("exited")) {
      throw new MalformedMessage("unknown event");
    }
    return new HostEvent.Exited(
        sandbox(json), workspace(json), ExitReason.ofWireName(text(json, "reason")));
  }

  private static ObjectNode box(Box box) {
    return JSON.createObjectNode()
        .put("sandboxId", box.sandbox().toString())
        .put("workspaceId", box.workspace().toString())
        .put("socket", box.socket())
        .put("pid", box.pid())
        .put("startedAt", box.startedAt().toString());
  }

  private static Box box(JsonNode json) {
    try {
      return new Box(
          sandbox(json),
          workspace(json),
          text(json, "socket"),
          number(json, "pid"),
          Instant.parse(text(json, "startedAt")));
    } catch (DateTimeException e) {
      throw new MalformedMessage("startedAt is no instant");
    }
  }

  private static ObjectNode use(BoxUse use) {
    return JSON.createObjectNode()
        .put("sandboxId", use.sandbox().toString())
        .put("memoryBytes", use.memoryBytes())
        .put("cpuMicros", use.cpuMicros());
  }

  private static BoxUse use(JsonNode json) {
    return new BoxUse(sandbox(json), number(json, "memoryBytes"), number(json, "cpuMicros"));
  }

  private static JsonNode parse(String line) {
    if (line.length() > LONGEST_LINE) {
      throw new MalformedMessage("a line above 64 Ki characters");
    }
    try {
      JsonNode json = JSON.readTree(line);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new MalformedMessage("not JSON");
    }
    throw new MalformedMessage("not a JSON object");
  }

  private static JsonNode fields(JsonNode json, int count) {
    if (json.size() != count) {
      throw new MalformedMessage("unknown field");
    }
    return json;
  }

  private static SandboxId sandbox(JsonNode json) {
    try {
      return SandboxId.parse(text(json, "sandboxId"));
    } catch (IllegalArgumentException e) {
      throw new MalformedMessage("sandboxId is no id");
    }
  }

  private static WorkspaceId workspace(JsonNode json) {
    try {
      return WorkspaceId.parse(text(json, "workspaceId"));
    } catch (IllegalArgumentException e) {
      throw new MalformedMessage("workspaceId is no id");
    }
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.isTextual()) {
      throw new MalformedMessage(name + " is missing");
    }
    return value.textValue();
  }

  private static long number(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new MalformedMessage(name + " is missing");
    }
    return value.longValue();
  }
}
