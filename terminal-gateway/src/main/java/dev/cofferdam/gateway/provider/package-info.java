// SPDX-License-Identifier: Apache-2.0
/**
 * The browser's side of signing in at a provider: it goes there and comes back by itself, so these
 * routes answer with pages to go to. A cookie of ten minutes ties both ends together; codes pass
 * through to auth-service and are not kept.
 */
@NullMarked
package dev.cofferdam.gateway.provider;

import org.jspecify.annotations.NullMarked;
