// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

/** A request for a certificate whose key nobody has any more; made by {@code openssl req -new}. */
final class SomeRequest {
  static final String PEM =
      """
      -----BEGIN CERTIFICATE REQUEST-----
      MIHGMG4CAQAwDDEKMAgGA1UEAwwBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
      BHsxU1t3kdVtzOxsmVKzgto33pcjj9pxZlLofbZxfKMsGEonRUjCfgv/gQISmtAG
      z+Cu70xQjh6yCgUW33gs0JWgADAKBggqhkjOPQQDAgNIADBFAiApdLOc2+xrCDJZ
      5yc2Y+Px1s4K7UK8qQzld733BBb9UAIhANiuv900cDjHQ/zNSX8NMrR8TxVS1gkm
      CE4wBtCMMRcS
      -----END CERTIFICATE REQUEST-----
      """;

  private SomeRequest() {}
}
