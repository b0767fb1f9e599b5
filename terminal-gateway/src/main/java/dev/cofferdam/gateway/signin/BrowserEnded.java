// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.signin;

/** This browser is signed out, here or elsewhere: whatever is open for it has to close. */
public record BrowserEnded(BrowserKey key) {}
