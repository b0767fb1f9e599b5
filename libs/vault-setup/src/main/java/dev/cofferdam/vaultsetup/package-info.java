// SPDX-License-Identifier: Apache-2.0
/**
 * What is done to a Vault: initialise, unseal, set up policies, keys and roles, and what the
 * supervisor asks of it afterwards. Blocks; any thread. The unseal key, the root token and the
 * supervisor's secret id pass through: as {@link dev.cofferdam.secrets.SecretBytes} and, because
 * HTTP headers are strings, for the time of a request as strings.
 */
@NullMarked
package dev.cofferdam.vaultsetup;

import org.jspecify.annotations.NullMarked;
