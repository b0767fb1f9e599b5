// SPDX-License-Identifier: Apache-2.0
/**
 * Completes each service's OpenAPI document while it is built: every refusal that a route can give,
 * and examples. Nothing of it runs in a service.
 */
@NullMarked
package dev.cofferdam.edge.openapi;

import org.jspecify.annotations.NullMarked;
