// SPDX-License-Identifier: Apache-2.0
/** What docs/api says of the routes, written from each service's openapi.yaml. No secrets. */
@NullMarked
package dev.cofferdam.api;

import org.jspecify.annotations.NullMarked;
