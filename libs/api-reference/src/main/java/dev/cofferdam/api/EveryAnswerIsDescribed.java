// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.api;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.Optional;

/** Fails each test that gets an answer which the service's openapi.yaml does not describe. */
public final class EveryAnswerIsDescribed implements QuarkusTestBeforeClassCallback, Filter {
  private final DescribedAnswers described = DescribedAnswers.ofThisService();

  /** Made by the service loader. */
  public EveryAnswerIsDescribed() {}

  @Override
  public void beforeClass(Class<?> test) {
    RestAssured.replaceFiltersWith(this);
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response answer = context.next(request, expected);
    URI target = URI.create(request.getURI());
    // Health and figures have a port of their own, and are described by their framework.
    if (target.getPort() == RestAssured.port) {
      int status = answer.statusCode();
      String type = Optional.ofNullable(answer.contentType()).orElse("");
      String body = status < 400 ? "" : answer.asString();
      described.require(
          new DescribedAnswers.Answer(request.getMethod(), target, status, type, body));
    }
    return answer;
  }
}
