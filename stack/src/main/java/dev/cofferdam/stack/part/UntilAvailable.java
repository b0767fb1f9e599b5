// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks again what fails for the moment, a status of 500 and above: a part of ours misses one of its
 * own for it, or its first transaction took too long on a crowded machine.
 */
record UntilAvailable(Duration longest, Duration pause) {

  @FunctionalInterface
  interface Question {
    HttpResponse<String> ask() throws IOException, InterruptedException;
  }

  /** The first other answer, or the last failure when no more time is left. */
  HttpResponse<String> answerTo(Question question) throws IOException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    HttpResponse<String> answer = question.ask();
    while (answer.statusCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR
        && end - System.nanoTime() > pause.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      answer = question.ask();
    }
    return answer;
  }
}
