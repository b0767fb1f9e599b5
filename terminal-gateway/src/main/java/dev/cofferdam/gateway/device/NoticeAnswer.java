// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.device;

/**
 * Something that a person should have done themselves.
 *
 * @param kind {@code new-device} or {@code new-key}
 * @param method how the device was signed in, or what kind of key it is
 */
public record NoticeAnswer(
    String id,
    String at,
    String kind,
    String method,
    String credential,
    String address,
    String browser) {}
