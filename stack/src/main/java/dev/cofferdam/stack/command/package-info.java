// SPDX-License-Identifier: Apache-2.0
/**
 * What a person may ask for on the command line, one class each. No secret is kept here; the unseal
 * key passes through {@code up}.
 */
@NullMarked
package dev.cofferdam.stack.command;

import org.jspecify.annotations.NullMarked;
