// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.signin;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Answers the gateway when somebody was signed in, by whatever method. */
public record SignInAnswer(BrowserSecret browserSession, User user) {

  /** The secret goes into a cookie and nowhere else. */
  @Schema(name = "BrowserSessionAnswer")
  public record BrowserSecret(String id, String secret) {
    @Override
    public String toString() {
      return "BrowserSecret[" + id + "]";
    }
  }

  /** Whose account it is; {@code role} is owner, admin, member or auditor. */
  public record User(String id, String name, String role) {
    public static User of(Account account) {
      return new User(account.id().toString(), account.name(), account.role().wireName());
    }
  }

  public static SignInAnswer of(SignIns.Outcome.SignedIn in) {
    return new SignInAnswer(
        new BrowserSecret(in.session().id().toString(), in.secret()), User.of(in.account()));
  }
}
