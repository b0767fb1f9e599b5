// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that break nothing for good the same running product, one in each JVM of them,
 * stopped with it. It locks after 20 idle seconds and says so 15 before.
 */
final class SharedCoffer implements ParameterResolver {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(SharedCoffer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Coffer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, OURS)
        .computeIfAbsent(
            "coffer",
            key ->
                Coffer.up(
                    "session-service:coffer.session.idle-seconds=20",
                    "session-service:coffer.session.warn-seconds=15"),
            Coffer.class);
  }
}
