// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

/**
 * What is posted. {@code type} is always {@code alert.raised}; the alert is as it is when it is
 * told, which may be later than it was raised.
 */
record WebhookBody(String type, String timestamp, AlertAnswer data) {
  static WebhookBody of(Alert alert) {
    return new WebhookBody("alert.raised", alert.firstAt().toString(), AlertAnswer.of(alert));
  }
}
