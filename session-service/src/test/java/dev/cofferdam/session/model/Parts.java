// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.model;

import dev.cofferdam.session.GrantDesk;
import dev.cofferdam.testkit.Servers;
import dev.cofferdam.testkit.TokenIssuer;

/** What all worlds share. */
record Parts(
    Service service,
    Servers servers,
    TokenIssuer issuer,
    GrantDesk desk,
    Cuts cuts,
    Books books,
    Sweeps sweeps) {}
