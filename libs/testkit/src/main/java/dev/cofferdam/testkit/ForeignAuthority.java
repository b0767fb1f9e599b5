// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.util.Map;

/** An authority that nobody has reason to believe, with the same names as ours. */
final class ForeignAuthority {
  static final String ENGINE = "foreign";

  private ForeignAuthority() {}

  /** Made if it is missing; its certificate, as PEM. */
  static synchronized String in(BaoAdministrator vault) {
    BaoAdministrator.Answer there = vault.read(ENGINE + "/cert/ca");
    if (there.status() == 200) {
      return there.data().path("certificate").asText();
    }
    vault.write("sys/mounts/" + ENGINE, Map.of("type", "pki"));
    String root =
        vault
            .write(
                ENGINE + "/root/generate/internal",
                Map.of("common_name", "Cofferdam internal authority", "key_type", "ec"))
            .data()
            .path("certificate")
            .asText();
    for (dev.cofferdam.partidentity.PartName part : dev.cofferdam.partidentity.PartName.values()) {
      vault.write(
          ENGINE + "/roles/" + part.word(),
          Map.of(
              "allow_any_name",
              true,
              "use_csr_common_name",
              false,
              "key_type",
              "ec",
              "max_ttl",
              "24h"));
    }
    return root;
  }
}
