// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** For tests that tell one story in order: after the first that fails, the rest fail at once. */
final class OneStory implements BeforeEachCallback, TestExecutionExceptionHandler {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(OneStory.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    String broken = store(context).get("broken", String.class);
    if (broken != null) {
      throw new AssertionError("The story ended at " + broken);
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    store(context).put("broken", context.getDisplayName());
    throw failure;
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getParent().orElseThrow().getStore(OURS);
  }
}
