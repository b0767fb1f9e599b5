// SPDX-License-Identifier: Apache-2.0
/**
 * What services ask of Vault, over quarkus-vault's client: signed in, renewed and bounded in time.
 * Answers with secrets in them are never logged.
 */
@NullMarked
package dev.cofferdam.vault;

import org.jspecify.annotations.NullMarked;
