// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {
  @ParameterizedTest
  @EnumSource
  void isReadAsItIsWritten(Role role) {
    assertThat(Role.parse(role.wireName())).isEqualTo(role);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "OWNER", "Owner", " owner", "root", "owner\n"})
  void nothingElseIsARole(String text) {
    assertThatThrownBy(() -> Role.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theWordsStay() {
    assertThat(Role.values())
        .extracting(Role::wireName)
        .containsExactly("owner", "admin", "member", "auditor");
  }
}
