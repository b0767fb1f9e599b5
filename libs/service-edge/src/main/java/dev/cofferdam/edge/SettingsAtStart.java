// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.settings.KnownSettings;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A setting that nobody reads stops the start, wherever it was given: it was meant to do something.
 */
@ApplicationScoped
public class SettingsAtStart {
  private static final int BEFORE_ALL_ELSE = 0;

  void check(
      @Observes @Priority(BEFORE_ALL_ELSE) StartupEvent event,
      Config config,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    KnownSettings known = KnownSettings.of(service);
    check(config, LaunchMode.current() == LaunchMode.TEST ? known.and("tests") : known);
  }

  /**
   * @throws ConfigurationException with one line that names the key and the nearest there is
   */
  static void check(Config config, KnownSettings known) {
    Set<String> names = new TreeSet<>();
    config.getConfigSources().forEach(source -> names.addAll(source.getPropertyNames()));
    known
        .complaint(names)
        .ifPresent(
            line -> {
              throw new ConfigurationException(line);
            });
  }
}
