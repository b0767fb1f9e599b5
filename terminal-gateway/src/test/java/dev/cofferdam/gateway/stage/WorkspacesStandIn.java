// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.gateway.stage.PartStandIn.Call;
import dev.cofferdam.gateway.stage.PartStandIn.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for workspace-service. */
final class WorkspacesStandIn {
  private final PartStandIn part = new PartStandIn();
  private final AuthStandIn people;
  private final Map<String, Map<String, Object>> ownWorkspaces = new ConcurrentHashMap<>();
  private final List<String> leftovers = new CopyOnWriteArrayList<>();

  WorkspacesStandIn(AuthStandIn people) {
    this.people = people;
    play();
  }

  PartStandIn part() {
    return part;
  }

  String of(String user) {
    String id = UUID.randomUUID().toString();
    addWorkspace(user, id, "w-" + id.substring(0, 8));
    return id;
  }

  void leave(String workspace) {
    leftovers.add(workspace);
  }

  boolean isLeft(String workspace) {
    return leftovers.contains(workspace);
  }

  private void play() {
    part.on(
            "GET",
            "/workspaces",
            call ->
                people.ofOwn(
                    call,
                    "workspace-service",
                    Action.WORKSPACE_LIST,
                    () ->
                        Reply.ok(
                            ownWorkspaces.values().stream()
                                .filter(
                                    w ->
                                        w.get("owner")
                                            .equals(AuthStandIn.user(call, "workspace-service")))
                                .toList())))
        .on(
            "POST",
            "/workspaces",
            call ->
                people.ofOwn(
                    call,
                    "workspace-service",
                    Action.WORKSPACE_CREATE,
                    () ->
                        new Reply(
                            201,
                            addWorkspace(
                                AuthStandIn.user(call, "workspace-service"),
                                UUID.randomUUID().toString(),
                                call.body().path("name").asText()))))
        .on(
            "GET",
            "/workspaces/([^/]+)",
            call -> own(call, Action.WORKSPACE_READ, w -> Reply.ok(w)))
        .on("GET", "/internal/leftovers", call -> Reply.ok(Map.of("workspaceIds", leftovers)))
        .on(
            "DELETE",
            "/internal/leftovers/([^/]+)",
            call -> {
              leftovers.remove(call.groups().getFirst());
              return new Reply(204, null);
            })
        .on(
            "DELETE",
            "/workspaces/([^/]+)",
            call ->
                own(
                    call,
                    Action.WORKSPACE_DELETE,
                    w -> {
                      ownWorkspaces.remove(w.get("id").toString());
                      leftovers.add(w.get("id").toString());
                      return Reply.ok(
                          Map.of(
                              "transitKeyDeleted",
                              true,
                              "wrappedKeyDeleted",
                              true,
                              "ciphertext",
                              "requested"));
                    }));
  }

  private Map<String, Object> addWorkspace(String user, String id, String name) {
    Map<String, Object> workspace = new LinkedHashMap<>();
    workspace.put("id", id);
    workspace.put("owner", user);
    workspace.put("name", name);
    workspace.put("createdAt", "2026-01-01T00:00:00Z");
    workspace.put("lastOpenedAt", null);
    workspace.put("lastOpenedBy", null);
    workspace.put("openNow", false);
    workspace.put("initialised", false);
    ownWorkspaces.put(id, workspace);
    return workspace;
  }

  private Reply own(
      Call call, Action action, java.util.function.Function<Map<String, Object>, Reply> then) {
    Optional<Map<String, Object>> workspace =
        Optional.ofNullable(ownWorkspaces.get(call.groups().getFirst()));
    Optional<String> owner = workspace.map(w -> w.get("owner").toString());
    return people
        .refusal(call, "workspace-service", action, owner)
        .or(() -> workspace.map(then))
        .orElseGet(() -> Reply.problem(404, "not-found"));
  }
}
