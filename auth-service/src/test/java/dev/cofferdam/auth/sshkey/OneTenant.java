// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.sshkey;

import dev.cofferdam.testkit.SshHome;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** An installation for one person, with an authority whose certificates are believed. */
public final class OneTenant implements QuarkusTestProfile {
  static final String NAME = "ada";
  static final SshHome AUTHORITY = new SshHome();

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "coffer.people.only",
        NAME,
        "coffer.ssh.authorities",
        AUTHORITY.file(".ssh/id_ed25519.pub").toString());
  }
}
