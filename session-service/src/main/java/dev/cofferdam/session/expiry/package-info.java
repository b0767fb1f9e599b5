// SPDX-License-Identifier: Apache-2.0
/** Sessions that have been open for too long. Any number of replicas share the work. No secrets. */
@NullMarked
package dev.cofferdam.session.expiry;

import org.jspecify.annotations.NullMarked;
