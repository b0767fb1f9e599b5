// SPDX-License-Identifier: Apache-2.0
/**
 * The whole product as a person, an attacker and an accident meet it: started with {@code ./coffer}
 * from this checkout, used through its one public port, killed part by part.
 *
 * <p>Needs Chromium on the PATH and the right to start sandboxes; a test fails, and never skips, if
 * either is missing. Everything that a test starts ends with it.
 */
@NullMarked
package dev.cofferdam.e2e;

import org.jspecify.annotations.NullMarked;
