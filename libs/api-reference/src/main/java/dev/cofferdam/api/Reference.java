// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person reads of a service's routes. */
final class Reference {
  private static final ObjectWriter JSON =
      new ObjectMapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private Reference() {}

  static String markdown(Api api) {
    StringBuilder page = new StringBuilder("# " + api.service() + "\n\n");
    page.append("Written from its openapi.yaml, as `ReferenceTest` checks. ");
    page.append("[Problems](problems.md) explains the words in brackets, ");
    page.append("[permissions](permissions.md) who may what.\n");
    api.operations().forEach(operation -> page.append(markdown(api, operation)));
    page.append("\n## Any other request\n\n");
    page.append("What is none of these routes, or no method of one, is answered with:\n\n");
    page.append(answers(api, api.root().at("x-no-route")));
    return page.toString();
  }

  private static String markdown(Api api, Api.Operation operation) {
    StringBuilder text = new StringBuilder("\n## " + operation.route() + "\n\n");
    String summary = operation.node().at("summary").text();
    if (!summary.isEmpty()) {
      text.append(summary).append(".\n\n");
    }
    example(operation.node().at("requestBody"))
        .ifPresent(body -> text.append("Send:\n\n```json\n").append(body).append("\n```\n\n"));
    text.append(answers(api, operation.node().at("responses")));
    text.append(success(operation));
    return text.toString();
  }

  private static String answers(Api api, Node answers) {
    return answers
        .entries()
        .map(answer -> row(answer.getKey(), api.resolve(answer.getValue())))
        .sorted()
        .collect(Collectors.joining("", "| status | meaning |\n| --- | --- |\n", ""));
  }

  private static String row(String status, Node answer) {
    return "| " + status + " | " + answer.at("description").text() + " |\n";
  }

  private static String success(Api.Operation operation) {
    return operation
        .node()
        .at("responses")
        .entries()
        .filter(answer -> answer.getKey().startsWith("2"))
        .flatMap(answer -> example(answer.getValue()).stream())
        .map(body -> "\nAnswer:\n\n```json\n" + body + "\n```\n")
        .collect(Collectors.joining());
  }

  /** Of what is sent or answered, if the file has one. */
  private static Optional<String> example(Node body) {
    return body.at("content")
        .entries()
        .map(Map.Entry::getValue)
        .map(type -> type.at("example"))
        .filter(Node::isThere)
        .map(Reference::json)
        .findFirst();
  }

  static String json(Node node) {
    try {
      return JSON.writeValueAsString(node.value());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of values can be written", e);
    }
  }
}
