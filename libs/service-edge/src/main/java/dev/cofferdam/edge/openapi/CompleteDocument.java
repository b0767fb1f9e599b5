// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Adds to each operation the refusals that it does not name itself, and examples; and to the
 * document, as {@code x-no-route}, what is answered where there is no operation.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class CompleteDocument implements OASFilter {
  private static final String NO_ROUTE = "x-no-route";

  private final Statuses statuses;

  /** Made by the build, which knows all classes. */
  public CompleteDocument(IndexView classes) {
    statuses = new Statuses(classes);
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getComponents() == null) {
      document.components(OASFactory.createComponents());
    }
    document.getComponents().addSchema(ProblemAnswers.SCHEMA, ProblemAnswers.schema());
    for (Refusal refusal : Refusal.values()) {
      document.getComponents().addResponse(refusal.component(), ProblemAnswers.shared(refusal));
    }
    document.addExtension(NO_ROUTE, answersOfNoRoute(document));
    Examples examples = new Examples(document);
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach((method, operation) -> complete(path, method, operation, examples)));
  }

  /** OpenAPI has no place for what is answered where there is no operation. */
  private static Map<String, Object> answersOfNoRoute(OpenAPI document) {
    boolean isOfDoor =
        document.getPaths().getPathItems().keySet().stream().anyMatch(p -> p.startsWith("/api/"));
    Map<String, Object> answers = new LinkedHashMap<>();
    for (Refusal refusal : Refusals.ofNoRoute(isOfDoor)) {
      answers.put(
          refusal.status(), Map.of("$ref", "#/components/responses/" + refusal.component()));
    }
    return answers;
  }

  private void complete(String path, HttpMethod method, Operation operation, Examples examples) {
    APIResponses answers = operation.getResponses();
    statuses.correct(path, method, answers);
    for (Refusal refusal : Refusals.of(path, method, operation)) {
      APIResponse said = answers.getAPIResponse(refusal.status());
      if (said == null || isOfTheFramework(said)) {
        answers.addAPIResponse(refusal.status(), ProblemAnswers.of(refusal));
      } else {
        ProblemAnswers.add(said, refusal);
      }
    }
    for (Map.Entry<String, APIResponse> answer : answers.getAPIResponses().entrySet()) {
      if (answer.getKey().startsWith("4") || answer.getKey().startsWith("5")) {
        ProblemAnswers.complete(answer.getKey(), answer.getValue());
      } else {
        ProblemAnswers.nameInside(answer.getValue());
        addExamples(answer.getValue().getContent(), examples);
      }
    }
    if (operation.getRequestBody() != null) {
      addExamples(operation.getRequestBody().getContent(), examples);
    }
  }

  /** Added for annotations of security and validation, with nothing in it. */
  private static boolean isOfTheFramework(APIResponse answer) {
    String description = answer.getDescription();
    return description == null
        || description.equals("Not Authorized")
        || description.equals("Not Allowed")
        || description.equals("Bad Request");
  }

  private static void addExamples(@Nullable Content content, Examples examples) {
    if (content == null) {
      return;
    }
    content
        .getMediaTypes()
        .forEach(
            (name, type) -> {
              Object example = examples.of(type.getSchema());
              if (example != null && type.getExample() == null && type.getExamples() == null) {
                type.example(example);
              }
            });
  }
}
