// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.vaultsetup;

/** Whether a Vault has been initialised once, and whether it needs its unseal key now. */
public record SealStatus(boolean initialised, boolean sealed) {}
