// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.gateway.stage.Stage;
import dev.cofferdam.gateway.stage.TestBrowser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stage.class)
class PageIT {
  private static final Pattern NONCE = Pattern.compile("'nonce-([A-Za-z0-9_-]{22,})'");
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

  Stage stage;

  private HttpResponse<String> page(String path) {
    TestBrowser browser = new TestBrowser(stage.origin(), "nobody");
    return TestBrowser.send(browser.request(path).setHeader("Accept", "text/html").GET());
  }

  private static String policy(HttpResponse<String> answer) {
    return answer.headers().firstValue("content-security-policy").orElse("");
  }

  private static String nonce(HttpResponse<String> answer) {
    Matcher nonce = NONCE.matcher(policy(answer));
    assertThat(nonce.find()).isTrue();
    return nonce.group(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sign-in",
        "/signed-out",
        "/invitation",
        "/w/00000000-0000-4000-8000-000000000000",
        "/settings",
        "/settings/api-keys",
        "/activity",
        "/activity/sign-ins",
        "/people",
        "/people/invitations",
        "/people/00000000-0000-4000-8000-000000000000",
        "/reference"
      })
  void answersPagesWithANonceOfTheirOwn(String path) {
    HttpResponse<String> answer = page(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(answer.body()).contains(nonce(answer)).doesNotContain("__CSP_NONCE__");
    assertThat(nonce(page(path))).isNotEqualTo(nonce(answer));
    assertThat(answer.headers().allValues("cache-control")).containsExactly("no-store");
  }

  @Test
  void hasAPolicyWithoutExceptions() {
    HttpResponse<String> answer = page("/");
    assertThat(policy(answer))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"
                + nonce(answer)
                + "'; img-src 'self'; font-src 'self'; connect-src 'self' ws://localhost:"
                + stage.port()
                + "; object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors"
                + " 'none'; require-trusted-types-for 'script'");
  }

  @Test
  void answersAnUnknownPageWithThePageAnd404() {
    HttpResponse<String> answer = page("/nowhere/at/all");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("<div id=\"root\">");
  }

  private HttpResponse<byte[]> script(String encodings) {
    Matcher script = SCRIPT.matcher(page("/").body());
    assertThat(script.find()).isTrue();
    TestBrowser browser = new TestBrowser(stage.origin(), "nobody");
    return TestBrowser.send(
        browser.request(script.group(1)).setHeader("Accept-Encoding", encodings).GET(),
        BodyHandlers.ofByteArray());
  }

  @Test
  void sendsBuiltFilesForEverAndCompressed() {
    HttpResponse<byte[]> plain = script("identity");
    HttpResponse<byte[]> gzip = script("gzip, deflate");
    HttpResponse<byte[]> brotli = script("gzip, br;q=0.9");
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    assertThat(gzip.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(brotli.headers().firstValue("content-encoding")).contains("br");
    assertThat(brotli.body().length).isLessThan(gzip.body().length);
    assertThat(gzip.body().length).isLessThan(plain.body().length);
    for (HttpResponse<byte[]> answer : java.util.List.of(plain, gzip, brotli)) {
      assertThat(answer.headers().allValues("cache-control"))
          .containsExactly("public, max-age=31536000, immutable");
      assertThat(answer.headers().firstValue("vary")).contains("Accept-Encoding");
      assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
      assertThat(answer.headers().firstValue("content-type"))
          .contains("text/javascript; charset=utf-8");
    }
  }

  @Test
  void sendsNothingThatABrowserRefusesToHave() {
    assertThat(script("br;q=0, gzip;q=0.0").headers().firstValue("content-encoding")).isEmpty();
  }
}
