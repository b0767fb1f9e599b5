// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static TrustedProxies of(String... networks) {
    return new TrustedProxies(Optional.of(List.of(networks)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "10.1.2.3, ::ffff:10.1.2.3, true",
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.1.2.128/25, 10.1.2.129, true",
    "10.1.2.128/25, 10.1.2.127, false",
    "10.1.0.0/16, ::ffff:10.1.9.9, true",
    "2001:db8::/32, 2001:db8:1::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "10.1.0.0/16, a01::, false",
    "::1, 0:0:0:0:0:0:0:1, true",
    "10.1.2.3, proxy.example, false"
  })
  void includeTheirAddressesAndNoOthers(String network, String address, boolean included) {
    assertThat(of(network).include(address)).isEqualTo(included);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "proxy.example", "10.1.2.3/", "10.1.2.3/33", "10.1.2.3/0", "::/0", "::1/129"})
  void areAddressesAndNetworks(String wrong) {
    assertThatThrownBy(() -> of(wrong))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("coffer.trusted-proxies");
  }

  @Test
  void areNobodyUnlessConfigured() {
    TrustedProxies none = new TrustedProxies(Optional.empty());
    assertThat(none.exist()).isFalse();
    assertThat(none.include("127.0.0.1")).isFalse();
  }
}
