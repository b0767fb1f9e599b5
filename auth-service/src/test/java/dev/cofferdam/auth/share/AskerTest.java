// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskerTest {
  @Test
  void anAddressOfIpv4IsANetworkAndASite() {
    assertThat(Asker.at("192.0.2.7")).isEqualTo(Asker.only("192.0.2.7"));
    assertThat(Asker.at("::ffff:192.0.2.7")).isEqualTo(Asker.at("192.0.2.7"));
  }

  @Test
  void anAddressOfIpv6IsCountedWithItsFirst64AndItsFirst48Bits() {
    Asker asker = Asker.at("2001:db8:1:2:3:4:5:6");
    assertThat(asker).isEqualTo(Asker.at("2001:db8:1:2::1"));
    Asker neighbour = Asker.at("2001:db8:1:3::1");
    assertThat(neighbour.network()).isNotEqualTo(asker.network());
    assertThat(neighbour.site()).isEqualTo(asker.site());
    assertThat(Asker.at("2001:db8:2:2::1").site()).isNotEqualTo(asker.site());
    assertThat(asker.network()).isNotEqualTo(asker.site());
  }

  @Test
  void whatIsNoAddressIsOneAsker() {
    assertThat(Asker.at("")).isEqualTo(Asker.at("localhost")).isEqualTo(Asker.at("x:y"));
  }
}
