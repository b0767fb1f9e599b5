// SPDX-License-Identifier: Apache-2.0
/** Where somebody is signed in, and ending it. */
@NullMarked
package dev.cofferdam.auth.device;

import org.jspecify.annotations.NullMarked;
