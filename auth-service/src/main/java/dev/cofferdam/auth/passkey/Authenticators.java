// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.passkey;

import com.webauthn4j.converter.util.ObjectConverter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the parts of this package that know nothing of CDI. */
class Authenticators {
  private final ObjectConverter converter = new ObjectConverter();

  @Produces
  @Singleton
  CoseKeys keys() {
    return new CoseKeys(converter);
  }

  @Produces
  @Singleton
  Ceremony ceremony(RelyingParty party) {
    return new Ceremony(party, converter);
  }
}
