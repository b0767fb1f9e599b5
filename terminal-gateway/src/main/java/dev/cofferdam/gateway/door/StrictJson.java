// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Takes a body for what it is: UTF-8, one value, no name twice, no number for a text. */
@Singleton
class StrictJson implements ObjectMapperCustomizer {
  @Override
  @SuppressWarnings("deprecation") // the framework's mapper comes with its factory
  public void customize(ObjectMapper json) {
    json.getFactory().setInputDecorator(new Utf8Only());
    json.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    refuse(json, LogicalType.Textual, CoercionInputShape.Integer);
    refuse(json, LogicalType.Textual, CoercionInputShape.Float);
    refuse(json, LogicalType.Textual, CoercionInputShape.Boolean);
    refuse(json, LogicalType.Integer, CoercionInputShape.String);
    refuse(json, LogicalType.Integer, CoercionInputShape.Float);
    refuse(json, LogicalType.Integer, CoercionInputShape.EmptyString);
  }

  private static void refuse(ObjectMapper json, LogicalType wanted, CoercionInputShape given) {
    json.coercionConfigFor(wanted).setCoercion(given, CoercionAction.Fail);
  }
}
