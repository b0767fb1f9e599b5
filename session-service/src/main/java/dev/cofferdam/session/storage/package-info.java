// SPDX-License-Identifier: Apache-2.0
/**
 * What workspaces take of the disk, as sandboxes count it, and how much is left of what a person
 * may have (ADR 0031). Virtual threads; no secrets.
 */
@NullMarked
package dev.cofferdam.session.storage;

import org.jspecify.annotations.NullMarked;
