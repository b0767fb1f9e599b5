// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * For tests that tell one story in order: after the first that fails, the rest fail at once. Where
 * some of it is asked for alone, as when what failed is tried again, all before it is told first.
 */
final class OneStory implements BeforeEachCallback, TestExecutionExceptionHandler {
  /** How far it is. */
  private static final class Told {
    private final Set<Method> tests = new HashSet<>();
    private String broken = "";
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Told told = told(context);
    Method now = context.getRequiredTestMethod();
    for (Method earlier : before(now)) {
      if (told.broken.isEmpty() && told.tests.add(earlier)) {
        tell(earlier, context, told);
      }
    }
    told.tests.add(now);
    if (!told.broken.isEmpty()) {
      throw new AssertionError("The story ended at " + told.broken);
    }
  }

  private static void tell(Method test, ExtensionContext context, Told told) {
    try {
      context.getExecutableInvoker().invoke(test, context.getRequiredTestInstance());
    } catch (RuntimeException | Error e) {
      told.broken = test.getName();
      throw e;
    }
  }

  /** Those of many parameters are not part of the story that others go on with. */
  private static List<Method> before(Method now) {
    return Stream.of(now.getDeclaringClass().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .filter(method -> order(method) < order(now))
        .sorted(Comparator.comparingInt(OneStory::order))
        .toList();
  }

  private static int order(Method test) {
    Order order = test.getAnnotation(Order.class);
    return order == null ? Order.DEFAULT : order.value();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    told(context).broken = context.getDisplayName();
    throw failure;
  }

  private static Told told(ExtensionContext context) {
    Class<?> story = context.getRequiredTestClass();
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(OneStory.class, story))
        .computeIfAbsent("told", key -> new Told(), Told.class);
  }
}
