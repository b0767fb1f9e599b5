// SPDX-License-Identifier: Apache-2.0
/** The keys that verify access tokens, as auth-service publishes them to other parts. Public. */
@NullMarked
package dev.cofferdam.tokenkeys;

import org.jspecify.annotations.NullMarked;
