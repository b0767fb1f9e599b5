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

/** The statuses that routes set by an annotation which the scanner does not know. */
final class Statuses {
  private static final DotName STATUS =
      DotName.createSimple("org.jboss.resteasy.reactive.ResponseStatus");
  private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final String OK = "200";

  private final Map<String, String> ofRoutes = new HashMap<>();

  Statuses(IndexView classes) {
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
    Optional<APIResponse> answer = Optional.ofNullable(answers.getAPIResponse(OK));
    if (status.equals(OK) || answer.isEmpty()) {
      return;
    }
    answers.removeAPIResponse(OK);
    if (answers.getAPIResponse(status) == null) {
      answers.addAPIResponse(status, answer.get());
    }
  }
}
