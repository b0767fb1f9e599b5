// SPDX-License-Identifier: Apache-2.0
/** How PostgreSQL and its clients use a part's identity. */
@NullMarked
package dev.cofferdam.partidentity.postgres;

import org.jspecify.annotations.NullMarked;
