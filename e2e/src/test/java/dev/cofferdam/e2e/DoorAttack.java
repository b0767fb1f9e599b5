// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Somebody with an open session, whom others attack at the door, and somebody who is nobody. */
abstract class DoorAttack {
  static final String EVIL = "http://evil.example";

  ApiClient owner;
  ApiClient stranger;
  String workspace;
  String session;
  int terminal;

  @BeforeAll
  void open(Coffer coffer) {
    owner = ApiClient.signedIn(coffer);
    stranger = ApiClient.stranger(coffer);
    workspace = owner.createWorkspace("door-" + Long.toHexString(System.nanoTime()));
    session = owner.unlock(workspace);
    terminal = owner.createTerminal(session);
  }

  @AfterAll
  void lock() {
    owner.lock(session);
  }

  /** The session, or another one if it has locked itself meanwhile. */
  String anOpenSession() {
    boolean open = owner.read("/api/sessions").toString().contains(session);
    if (!open) {
      session = owner.unlock(workspace);
      terminal = owner.createTerminal(session);
    }
    return session;
  }

  void assertRefused(Request request, int status) {
    Reply reply = owner.send(request);
    assertThat(reply.status()).as("%s\n%s", request, reply).isEqualTo(status);
    assertThat(reply.isProblem()).as("%s\n%s", request, reply).isTrue();
    assertThat(owner.read("/api/workspaces").toString()).doesNotContain("never");
  }

  String port() {
    return owner.origin().substring(owner.origin().lastIndexOf(':') + 1);
  }
}
