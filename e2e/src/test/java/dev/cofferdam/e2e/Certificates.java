// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.Pem;
import dev.cofferdam.partidentity.Renewal;
import dev.cofferdam.partidentity.Signer;
import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.vaultsetup.PartLogin;
import dev.cofferdam.vaultsetup.SupervisorLogin;
import dev.cofferdam.vaultsetup.VaultAdmin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Every part's certificate from a running product's Vault, for who has the unseal key. */
final class Certificates implements AutoCloseable {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Set<PartName> OF_THE_SUPERVISOR =
      Set.of(PartName.KAFKA, PartName.POSTGRES, PartName.STACK);

  private final URI address;
  private final String authority;
  private final SupervisorLogin supervisor;

  Certificates(Coffer coffer) {
    address = URI.create("http://127.0.0.1:" + coffer.part("vault").port());
    VaultAdmin vault = VaultAdmin.at(address);
    authority = vault.authority();
    byte[] key = coffer.unsealKey().getBytes(StandardCharsets.US_ASCII);
    supervisor = vault.login(SecretBytes.takeOwnership(key));
  }

  PartIdentity of(PartName part) {
    return Renewal.begin(
            part, Pem.certificate(authority), signer(part), LIFE, InstantSource.system())
        .identity();
  }

  private Signer signer(PartName part) {
    if (OF_THE_SUPERVISOR.contains(part)) {
      return (asked, request, life) ->
          supervisor.certificate(asked.word(), asked.commonName(), request, life);
    }
    String wrapped = supervisor.wrappedSecretId(part.word(), Duration.ofMinutes(1));
    return (asked, request, life) -> {
      try (PartLogin login = PartLogin.with(address, asked.word(), wrapped)) {
        return login.certificate(asked.word(), asked.commonName(), request, life);
      }
    };
  }

  @Override
  public void close() {
    supervisor.close();
  }
}
