// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge.openapi;

import dev.cofferdam.problems.Problem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Refusals as documents say them: RFC 9457, with an example for each problem. The words in brackets
 * at the end of a description name the problems: {@code The link was used (link-unknown)}; in the
 * schema they are the values that {@code type} may have.
 */
final class ProblemAnswers {
  static final String SCHEMA = "Problem";
  private static final String MEDIA_TYPE = "application/problem+json";
  private static final String INSIDE = "x-problem-types";
  private static final Pattern SLUGS = Pattern.compile("\\(([a-z][a-z-]*(?:, [a-z][a-z-]*)*)\\)$");

  private ProblemAnswers() {}

  /** A pointer to {@link #shared}. */
  static APIResponse of(Refusal refusal) {
    return OASFactory.createAPIResponse().ref("#/components/responses/" + refusal.component());
  }

  static APIResponse shared(Refusal refusal) {
    return complete(
        refusal.status(), OASFactory.createAPIResponse().description(refusal.description()));
  }

  /** One that a route describes in its own words also carries what its kind of route carries. */
  static void add(APIResponse answer, Refusal refusal) {
    String said = answer.getDescription();
    List<String> own = slugs(answer);
    Set<String> all = new LinkedHashSet<>(own);
    all.addAll(refusal.slugs());
    String words = own.isEmpty() ? said : said.substring(0, said.lastIndexOf('(')).strip();
    answer.description(words + " (" + String.join(", ", all) + ")");
  }

  /** Problems in what is no refusal: the last line of a stream, or where a browser is sent. */
  static void nameInside(APIResponse answer) {
    List<String> slugs = slugs(answer);
    if (!slugs.isEmpty()) {
      answer.addExtension(INSIDE, slugs);
    }
  }

  /** Says in which form it comes, if it does not yet. */
  static APIResponse complete(String status, APIResponse answer) {
    if (answer.getRef() != null) {
      return answer;
    }
    if (answer.getContent() == null) {
      MediaType content = OASFactory.createMediaType().schema(schema(slugs(answer)));
      slugs(answer).forEach(slug -> content.addExample(slug, example(slug, status)));
      answer.content(OASFactory.createContent().addMediaType(MEDIA_TYPE, content));
    }
    if (status.equals("503") || status.equals("429")) {
      answer.addHeader(
          "Retry-After",
          OASFactory.createHeader()
              .description("Seconds to wait")
              .schema(typed(Schema.SchemaType.INTEGER)));
    }
    return answer;
  }

  /** A problem of one of these types. */
  private static Schema schema(List<String> slugs) {
    Schema any = OASFactory.createSchema().ref("#/components/schemas/" + SCHEMA);
    if (slugs.isEmpty()) {
      return any;
    }
    Schema type = typed(Schema.SchemaType.STRING);
    slugs.forEach(slug -> type.addEnumeration(Problem.TYPE_PREFIX + slug));
    return OASFactory.createSchema()
        .addAllOf(any)
        .addAllOf(OASFactory.createSchema().addProperty("type", type));
  }

  private static List<String> slugs(APIResponse answer) {
    Matcher slugs = SLUGS.matcher(answer.getDescription() == null ? "" : answer.getDescription());
    return slugs.find() ? List.of(slugs.group(1).split(", ", -1)) : List.of();
  }

  private static Example example(String slug, String status) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("type", Problem.TYPE_PREFIX + slug);
    value.put("title", "What happened, in a few words");
    value.put("status", Integer.valueOf(status));
    value.put("detail", "What it means here, and what to do");
    value.put("id", Examples.ID);
    if (slug.equals("invalid-field")) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("field", "name");
      error.put("rule", "the rule that it breaks");
      value.put("errors", List.of(error));
    }
    return OASFactory.createExample().value(value);
  }

  static Schema schema() {
    Schema error =
        typed(Schema.SchemaType.OBJECT)
            .addProperty("field", typed(Schema.SchemaType.STRING))
            .addProperty("rule", typed(Schema.SchemaType.STRING));
    return typed(Schema.SchemaType.OBJECT)
        .description("RFC 9457; docs/api/problems.md lists the types")
        .required(List.of("type", "title", "status", "detail", "id"))
        .addProperty("type", typed(Schema.SchemaType.STRING).format("uri"))
        .addProperty("title", typed(Schema.SchemaType.STRING))
        .addProperty("status", typed(Schema.SchemaType.INTEGER))
        .addProperty("detail", typed(Schema.SchemaType.STRING))
        .addProperty("id", typed(Schema.SchemaType.STRING).description("Also in the log"))
        .addProperty("errors", typed(Schema.SchemaType.ARRAY).items(error));
  }

  private static Schema typed(Schema.SchemaType type) {
    return OASFactory.createSchema().addType(type);
  }
}
