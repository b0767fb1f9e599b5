// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import java.util.UUID;

/** From where something was tried that a security event says was refused. Fired within. */
public record RefusedFrom(UUID event, String address, String userAgent) {}
