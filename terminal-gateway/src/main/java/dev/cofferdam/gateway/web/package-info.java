// SPDX-License-Identifier: Apache-2.0
/**
 * The web app: built files from the class path, its page with a fresh nonce in each answer. No
 * secrets.
 */
@NullMarked
package dev.cofferdam.gateway.web;

import org.jspecify.annotations.NullMarked;
