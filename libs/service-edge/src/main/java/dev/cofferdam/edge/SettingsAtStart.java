// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.settings.KnownSettings;
import io.quarkus.runtime.ExecutionMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * A setting that nobody reads stops the start, wherever it was given: it was meant to do something.
 * Looked for while the configuration of a start is made: no database was changed before that, and
 * nobody was spoken to.
 */
public final class SettingsAtStart implements ConfigSourceInterceptorFactory {
  /** Names come from all that is below. */
  private static final int ABOVE_ALL_ELSE = Integer.MAX_VALUE;

  private static final String SERVICE = "quarkus.application.name";

  @Override
  public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
    // A build has a configuration too, and starts nothing.
    if (ExecutionMode.current() == ExecutionMode.RUNTIME_INIT) {
      KnownSettings known = KnownSettings.of(context.proceed(SERVICE).getValue());
      check(context, LaunchMode.current() == LaunchMode.TEST ? known.and("tests") : known);
    }
    return ConfigSourceInterceptorContext::proceed;
  }

  @Override
  public OptionalInt getPriority() {
    return OptionalInt.of(ABOVE_ALL_ELSE);
  }

  /**
   * @throws ConfigurationException with one line that names the key and the nearest there is
   */
  static void check(ConfigSourceInterceptorContext context, KnownSettings known) {
    Set<String> names = new TreeSet<>();
    context.iterateNames().forEachRemaining(names::add);
    known
        .complaint(names)
        .ifPresent(
            line -> {
              throw new ConfigurationException(line);
            });
  }
}
