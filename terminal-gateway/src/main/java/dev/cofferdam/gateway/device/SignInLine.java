// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.device;

/**
 * A line of somebody's history; times in ISO 8601.
 *
 * @param number of the last line, for {@code before}: the next page
 * @param what {@code signed-in}, {@code refused} or {@code ended}
 * @param reason why it was refused or ended: a stable word
 * @param tries how often, from 1: the same again and again is one line a minute
 */
public record SignInLine(
    long number,
    String at,
    String what,
    String method,
    String credential,
    String address,
    String browser,
    String userAgent,
    String reason,
    int tries) {}
