// SPDX-License-Identifier: Apache-2.0
/** Reads docs/api/permissions.md, which says how each route answers each persona. No secrets. */
@NullMarked
package dev.cofferdam.testkit.permission;

import org.jspecify.annotations.NullMarked;
