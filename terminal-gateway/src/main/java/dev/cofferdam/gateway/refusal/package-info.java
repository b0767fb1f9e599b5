// SPDX-License-Identifier: Apache-2.0
/**
 * What this gateway refuses, told to auth-service, which makes security events of it. Who is
 * refused waits for nothing; a thread of its own tells. No secrets.
 */
@NullMarked
package dev.cofferdam.gateway.refusal;

import org.jspecify.annotations.NullMarked;
