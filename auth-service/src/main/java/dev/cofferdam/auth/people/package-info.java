// SPDX-License-Identifier: Apache-2.0
/**
 * People: who there is, what role and which quotas they have, and who was switched off. For owners
 * and admins; no secret passes through.
 */
@NullMarked
package dev.cofferdam.auth.people;

import org.jspecify.annotations.NullMarked;
