// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody who works all the time: makes a workspace, opens it, writes in a terminal, locks it,
 * deletes it or keeps it. What fails is tried again until it is certain, as a person would.
 */
final class Worker implements Runnable {
  /** What an opening is refused with while parts die: all of it passes. */
  private static final Set<String> PASSING =
      Set.of("session-opening", "session-already-open", "locked-meanwhile", "workspace-open");

  private static final int LINES = 50;
  private static final int OPENED_IN_EACH = 2;

  /** One workspace of so many is kept. */
  private static final int ONE_OF = 6;

  private static final Pattern WRITTEN = Pattern.compile("have=([0-9,]*)=");

  private final ApiClient api;
  private final String name;
  private final Acknowledged told;
  private final Attempts attempts;
  private volatile boolean goesOn = true;

  /** Names and ids of the workspaces that are kept, and the numbers each has said. */
  private final Map<String, Set<Integer>> said = new LinkedHashMap<>();

  private int tried;

  Worker(ApiClient api, String name, Acknowledged told) {
    this.api = api;
    this.name = name;
    this.told = told;
    attempts = new Attempts(api, told);
  }

  /** What was begun is still brought to its end. */
  void stop() {
    goesOn = false;
  }

  @Override
  public void run() {
    try {
      for (int i = 0; goesOn; i++) {
        workspace(name + "-" + i, i % ONE_OF == 0);
      }
    } catch (RuntimeException | AssertionError e) {
      told.fault(name + " gave up: " + e + ", " + e.getCause());
    }
  }

  private void workspace(String called, boolean kept) {
    String id = made(called);
    said.put(id, new TreeSet<>());
    for (int i = 0; i < OPENED_IN_EACH; i++) {
      work(id);
    }
    if (!kept) {
      delete(id, called);
      said.remove(id);
    }
  }

  /** Opens each that is kept once more, looks whether all is there, and locks it. */
  void lookAtKept() {
    said.keySet().forEach(this::work);
  }

  Set<String> kept() {
    return said.keySet();
  }

  private String made(String called) {
    String id =
        attempts.untilDone(
            "make",
            api.post("/api/workspaces", "{\"name\":\"" + called + "\"}"),
            (reply, unsure) -> {
              if (reply.status() == 201) {
                return Optional.of(reply.json().path("id").asText());
              }
              // The name is taken: an earlier try that nobody heard of has made it.
              return reply.status() == 400 && unsure
                  ? api.findWorkspace(called)
                  : attempts.unexpected("make", reply);
            });
    told.made(id);
    return id;
  }

  private void delete(String id, String called) {
    attempts.untilDone(
        "delete",
        api.changing("DELETE", "/api/workspaces/" + id, "{\"name\":\"" + called + "\"}"),
        (reply, unsure) -> {
          if (reply.status() == 200 || reply.status() == 404 && unsure) {
            return Optional.of(id);
          }
          return isPassing(reply.json()) ? Optional.empty() : attempts.unexpected("delete", reply);
        });
    told.deleted(id);
  }

  /** Opens it, writes, and locks it, unless something that died has done that. */
  private void work(String workspace) {
    String session = opened(workspace);
    attempts.untilTrue("write in " + session, () -> wrote(workspace, session) || !isOpen(session));
    lock(session);
  }

  private String opened(String workspace) {
    return attempts.untilDone(
        "open",
        api.post("/api/workspaces/" + workspace + "/unlock", "{}"),
        (reply, unsure) -> {
          if (reply.status() != 200) {
            return passed(workspace, reply, reply.json());
          }
          JsonNode last = lastLine(reply);
          String session = last.path("session").path("id").asText();
          if (session.isEmpty()) {
            return passed(workspace, reply, last.path("problem"));
          }
          told.opened(session);
          return Optional.of(session);
        });
  }

  private static JsonNode lastLine(Reply reply) {
    String last = reply.text().strip().lines().reduce((first, second) -> second).orElse("{}");
    return new Reply(200, Map.of(), last.getBytes(UTF_8)).json();
  }

  /** Refused, or open already since nobody heard the answer to an earlier try. */
  private Optional<String> passed(String workspace, Reply reply, JsonNode problem) {
    if (!isPassing(problem) && !Attempts.isUnknown(problem.path("status").asInt())) {
      return attempts.unexpected("open", reply);
    }
    told.unknown("open: " + slug(problem));
    return openSessions()
        .filter(session -> session.path("workspaceId").asText().equals(workspace))
        .filter(session -> session.path("state").asText().equals("ACTIVE"))
        .map(session -> session.path("id").asText())
        .findFirst();
  }

  private static boolean isPassing(JsonNode problem) {
    return PASSING.contains(slug(problem));
  }

  private static String slug(JsonNode problem) {
    String type = problem.path("type").asText();
    return type.substring(type.lastIndexOf('/') + 1);
  }

  private Stream<JsonNode> openSessions() {
    List<JsonNode> all = new ArrayList<>();
    api.read("/api/sessions").forEach(all::add);
    return all.stream();
  }

  private boolean isOpen(String session) {
    return openSessions().anyMatch(open -> open.path("id").asText().equals(session));
  }

  /** False if it was cut short. */
  private boolean wrote(String workspace, String session) {
    Set<Integer> numbers = said.getOrDefault(workspace, Set.of());
    try (Line line = Line.toNewTerminal(api, session)) {
      line.enter("touch log; echo have''=$(tr '\\n' , < log)=");
      look(workspace, line.await(WRITTEN).group(1));
      for (int i = 0; i < LINES; i++) {
        int number = ++tried;
        // It is said only once it stands in the file.
        line.enter("echo " + number + " >> log && echo w''" + number);
        line.awaitText("w" + number + "\r");
        numbers.add(number);
        told.step();
      }
      return true;
    } catch (RuntimeException | AssertionError e) {
      told.unknown("write: " + e.getClass().getSimpleName());
      return false;
    }
  }

  /** Everything that was said is there, and nothing twice. */
  private void look(String workspace, String log) {
    List<Integer> there =
        Stream.of(log.split(",")).filter(each -> !each.isEmpty()).map(Integer::valueOf).toList();
    Set<Integer> numbers = said.getOrDefault(workspace, Set.of());
    if (!there.containsAll(numbers) || Set.copyOf(there).size() != there.size()) {
      told.fault("%s has %s of %s".formatted(workspace, there, numbers));
    }
  }

  private void lock(String session) {
    attempts.untilDone(
        "lock",
        api.post("/api/sessions/" + session + "/lock", "{}"),
        (reply, unsure) ->
            switch (reply.status()) {
              case 200 -> Optional.of(session);
              // Something else is just ending it; then it is there and locked.
              case 404 -> Optional.empty();
              default -> attempts.unexpected("lock", reply);
            });
    told.locked(session);
  }
}
