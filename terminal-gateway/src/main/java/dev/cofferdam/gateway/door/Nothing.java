// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.door;

/** The body of a request that has nothing to say: an empty JSON object. */
public record Nothing() {}
