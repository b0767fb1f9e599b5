// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cofferdam.stack.part.Maintenance;
import dev.cofferdam.stack.process.StartFailure;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plan as it goes to the supervisor: {@code MINUTES NOTICE}, the notice in base64url, since a
 * line there is ASCII.
 *
 * @param minutes until what is open locks
 * @param notice one line, may be empty
 */
public record MaintenanceWords(int minutes, String notice) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,5}) ([A-Za-z0-9_-]{0,2000})");

  /** Behind the word {@code maintenance-begin}. */
  public String text() {
    return minutes
        + " "
        + Base64.getUrlEncoder().withoutPadding().encodeToString(notice.getBytes(UTF_8));
  }

  static MaintenanceWords parse(Optional<String> text) {
    Matcher words = FORM.matcher(text.orElse(""));
    if (!words.matches()) {
      throw new StartFailure("this is no plan for maintenance");
    }
    try {
      byte[] notice = Base64.getUrlDecoder().decode(words.group(2));
      return new MaintenanceWords(Integer.parseInt(words.group(1)), new String(notice, UTF_8));
    } catch (IllegalArgumentException e) {
      throw new StartFailure("this is no plan for maintenance");
    }
  }

  JsonNode begin(Maintenance maintenance) {
    return maintenance.begin(minutes, notice);
  }
}
