// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.settings.KnownSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsAtStartTest {
  private static final KnownSettings KNOWN = KnownSettings.of("auth-service");

  private static void check(ConfigSource... sources) {
    new SmallRyeConfigBuilder()
        .withSources(sources)
        .withInterceptorFactories(
            context -> {
              SettingsAtStart.check(context, KNOWN);
              return ConfigSourceInterceptorContext::proceed;
            })
        .build();
  }

  @Test
  void takesWhatThereIsFromEverySource() {
    assertThatCode(
            () ->
                check(
                    new PropertiesConfigSource(Map.of("coffer.people.only", "ada"), "file", 260),
                    new EnvConfigSource(
                        Map.of("COFFER_QUOTA_WORKSPACES", "3", "PATH", "/bin"), 300)))
        .doesNotThrowAnyException();
  }

  /** A file or property, and the environment. */
  @ParameterizedTest
  @CsvSource({
    "coffer.people.onyl,coffer.people.only",
    "coffer.peopel.only,coffer.people.only",
    "coffer.quota.workspacs,coffer.quota.workspaces",
  })
  void namesWhatThereIsNot(String key, String nearest) {
    assertThatThrownBy(() -> check(new PropertiesConfigSource(Map.of(key, "x"), "file", 260)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(key + " is no setting of auth-service: did you mean " + nearest);
    String variable = key.replaceAll("[.-]", "_").toUpperCase(java.util.Locale.ROOT);
    assertThatThrownBy(() -> check(new EnvConfigSource(Map.of(variable, "x"), 300)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(variable + " is no setting of auth-service: did you mean COFFER_");
  }
}
