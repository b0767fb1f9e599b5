// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** One service's openapi.yaml. */
record Api(String service, Node root) {
  static final List<String> SERVICES =
      List.of("terminal-gateway", "auth-service", "session-service", "workspace-service");

  /** A method and a path, and what the file says of it. */
  record Operation(String method, String path, Node node) {
    String route() {
      return method + " " + path;
    }
  }

  /** Of the project below this root. */
  static Api read(Path root, String service) throws IOException {
    return read(root.resolve(service).resolve("openapi.yaml"));
  }

  /** Of one service's file. */
  static Api read(Path file) throws IOException {
    Node root = new Node(yaml().load(Files.readString(file)));
    return new Api(root.at("info").at("title").text(), root);
  }

  /** The words of the problems that a refusal carries. */
  static List<String> problems(Node answer) {
    return answer
        .at("content")
        .at("application/problem+json")
        .at("schema")
        .at("allOf")
        .items()
        .flatMap(part -> part.at("properties").at("type").at("enum").items())
        .map(type -> type.text().substring(type.text().lastIndexOf('/') + 1))
        .toList();
  }

  /** Without the type for points in time: JSON has none, so in examples they are text. */
  private static Yaml yaml() {
    LoaderOptions loading = new LoaderOptions();
    DumperOptions dumping = new DumperOptions();
    Resolver resolver =
        new Resolver() {
          @Override
          public void addImplicitResolver(Tag tag, Pattern regexp, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
              super.addImplicitResolver(tag, regexp, first, limit);
            }
          }
        };
    return new Yaml(
        new SafeConstructor(loading), new Representer(dumping), dumping, loading, resolver);
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.at("paths")
        .entries()
        .forEach(
            path ->
                path.getValue()
                    .entries()
                    .filter(method -> !method.getKey().equals("parameters"))
                    .map(method -> operation(path.getKey(), method))
                    .forEach(operations::add));
    return operations;
  }

  private static Operation operation(String path, Map.Entry<String, Node> method) {
    return new Operation(method.getKey().toUpperCase(Locale.ROOT), path, method.getValue());
  }

  /** The node itself, or what its {@code $ref} points at. */
  Node resolve(Node node) {
    String ref = node.at("$ref").text();
    if (ref.isEmpty()) {
      return node;
    }
    Node target = root;
    for (String name : ref.substring("#/".length()).split("/", -1)) {
      target = target.at(name);
    }
    return target;
  }
}
