// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.handover;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Offers the handed-over values as configuration, above system properties (400).
 *
 * <p>Silent unless the system property {@value #SWITCH} is {@code stdin}: a build, a test and a
 * part that is handed nothing never touch standard input.
 */
public final class HandoverConfigSource implements ConfigSource {
  static final String SWITCH = "coffer.handover";
  private static final int ORDINAL = 500;

  private final Supplier<Map<String, String>> values;

  /** For the configuration system, which makes one for its start and one for its run. */
  public HandoverConfigSource() {
    this(HandoverConfigSource::fromStandardInput);
  }

  HandoverConfigSource(Supplier<Map<String, String>> values) {
    this.values = values;
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.get().keySet();
  }

  @Override
  public @Nullable String getValue(String key) {
    return values.get().get(key);
  }

  @Override
  public String getName() {
    return "handover";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  private static Map<String, String> fromStandardInput() {
    return "stdin".equals(System.getProperty(SWITCH)) ? Once.VALUES : Map.of();
  }

  /** Standard input gives its line once per process; the class loader's lock guards it. */
  private static final class Once {
    static final Map<String, String> VALUES = HandoverLine.read(System.in);
  }
}
