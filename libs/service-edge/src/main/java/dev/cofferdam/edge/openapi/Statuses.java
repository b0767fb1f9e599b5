// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge.openapi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

/**
 * The statuses that the scanner does not know: those that routes set by an annotation of the
 * framework, and 204 for what answers nothing.
 */
final class Statuses {
  private static final DotName STATUS =
      DotName.createSimple("org.jboss.resteasy.reactive.ResponseStatus");
  private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final String OK = "200";
  private static final String NOTHING = "204";

  /** What the scanner takes for the status of a POST that answers nothing. */
  private static final String MADE = "201";

  private final Map<String, String> ofRoutes = new HashMap<>();

  Statuses(IndexView classes) {
    DotName post = DotName.createSimple("jakarta.ws.rs.POST");
    for (AnnotationInstance annotation : classes.getAnnotations(post)) {
      MethodInfo method = annotation.target().asMethod();
      if (method.returnType().kind() == Type.Kind.VOID) {
        ofRoutes.put(route("POST", method), NOTHING);
      }
    }
    for (AnnotationInstance status : classes.getAnnotations(STATUS)) {
      if (status.target().kind() == AnnotationTarget.Kind.METHOD) {
        MethodInfo method = status.target().asMethod();
        METHODS.stream()
            .filter(name -> method.hasAnnotation(DotName.createSimple("jakarta.ws.rs." + name)))
            .forEach(
                name ->
                    ofRoutes.put(route(name, method), Integer.toString(status.value().asInt())));
      }
    }
  }

  private static String route(String name, MethodInfo method) {
    String path =
        path(method.declaringClass().declaredAnnotation(PATH)) + path(method.annotation(PATH));
    return name + " " + path;
  }

  private static String path(@org.jspecify.annotations.Nullable AnnotationInstance annotation) {
    String path = annotation == null ? "" : annotation.value().asString();
    return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
  }

  /** Puts the answer under the status with which it comes. */
  void correct(String path, HttpMethod method, APIResponses answers) {
    String status = ofRoutes.getOrDefault(method + " " + path, OK);
    String scanned = status.equals(NOTHING) && answers.getAPIResponse(OK) == null ? MADE : OK;
    Optional<APIResponse> answer = Optional.ofNullable(answers.getAPIResponse(scanned));
    if (status.equals(scanned) || answer.isEmpty()) {
      return;
    }
    answers.removeAPIResponse(scanned);
    if (answers.getAPIResponse(status) == null) {
      answers.addAPIResponse(
          status, status.equals(NOTHING) ? answer.get().description("Done") : answer.get());
    }
  }
}
