// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.gateway.stage;

import dev.cofferdam.decisions.Scope;
import dev.cofferdam.identity.Role;
import dev.cofferdam.secrets.SecretBytes;
import dev.cofferdam.testkit.BaoServer;
import dev.cofferdam.testkit.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is around a gateway, standing in: three services, a sandbox-host and its agents. One for all
 * tests of this module; each test brings people and workspaces of its own.
 */
public final class Stage implements QuarkusTestResourceLifecycleManager {
  private static final String CREDENTIAL = SecretBytes.random(16).toBase64Url();

  private final AuthStandIn auth = new AuthStandIn(CREDENTIAL);
  private final WorkspacesStandIn workspaces = new WorkspacesStandIn(auth);
  private final SessionsStandIn sessions = new SessionsStandIn(auth, CREDENTIAL);
  private final HostStandIn host = new HostStandIn();
  private final BaoServer vault = BaoServer.start();
  private final int port = FreePort.pick();

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.http.test-port", Integer.toString(port));
    settings.put("coffer.public.origin", origin());
    settings.putAll(vault.identitySettings("gateway"));
    settings.put("coffer.auth.url", auth.part().address().toString());
    settings.put("coffer.session.url", sessions.part().address().toString());
    settings.put("coffer.workspace.url", workspaces.part().address().toString());
    settings.put("coffer.sandbox-host.socket", host.socket().toString());
    for (String part : List.of("auth", "session", "workspace")) {
      settings.put("coffer.call." + part + ".secret", CREDENTIAL);
    }
    settings.put("coffer.lease.every", "1s");
    settings.put("coffer.leftovers.every", "1s");
    settings.put("coffer.terminal.patience-seconds", "2");
    settings.put("coffer.terminal.silence-seconds", "3");
    settings.put("coffer.terminal.most-sockets-of-a-user", "20");
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(Stage.class));
  }

  @Override
  public void stop() {
    host.stop();
    vault.close();
    List.of(auth(), sessions(), workspaces()).forEach(PartStandIn::close);
  }

  public String origin() {
    return "http://localhost:" + port;
  }

  public int port() {
    return port;
  }

  public PartStandIn auth() {
    return auth.part();
  }

  public PartStandIn sessions() {
    return sessions.part();
  }

  public PartStandIn workspaces() {
    return workspaces.part();
  }

  public HostStandIn host() {
    return host;
  }

  /** A one-time link's token for this person. */
  public String link(String user) {
    return auth.link(user);
  }

  /** A signed-in browser of a person of his own. */
  public TestBrowser newBrowser() {
    return browserOf(UUID.randomUUID().toString());
  }

  public TestBrowser browserOf(String user) {
    TestBrowser browser = new TestBrowser(origin(), user);
    browser.signIn(link(user));
    return browser;
  }

  /** A key of a program that acts for this person, good for all that a key can be for. */
  public String apiKeyOf(String user) {
    return auth.apiKeyOf(user);
  }

  /** What this person's own program has from signing in with their SSH key. */
  public String accessTokenOf(String user) {
    return auth.accessTokenOf(user);
  }

  /** The token's minutes are over; the sign-in that it was issued for goes on. */
  public void expireToken(String accessToken) {
    auth.expireToken(accessToken);
  }

  /** One that is good for this and nothing else. */
  public String apiKeyOf(String user, Set<Scope> scopes) {
    return auth.apiKeyOf(user, scopes);
  }

  /**
   * A browser of a person of his own who has this role. It was signed in long ago: signing in is
   * limited, and some tests need hundreds.
   */
  public TestBrowser browserOf(Role role) {
    String user = UUID.randomUUID().toString();
    become(user, role);
    return new TestBrowser(origin(), user, auth.admit(user));
  }

  /** Everybody is an owner until this says something else. */
  public void become(String user, Role role) {
    auth.become(user, role);
  }

  /** Their account is switched off; its keys work again once it is on. */
  public void switchOff(String user) {
    auth.switchOff(user);
  }

  public void switchOn(String user) {
    auth.switchOn(user);
  }

  /** auth-service answers for this person what makes no sense. */
  public void confuse(String user) {
    auth.confuse(user);
  }

  /** auth-service knows this person's cookies no longer. */
  public void expire(String user) {
    auth.expire(user);
  }

  /** Happens once, while the next answer about this person is on its way. */
  public void beforeATokenArrives(String user, Runnable happens) {
    auth.beforeATokenArrives(user, happens);
  }

  /** How long browser sessions of tokens from now on last. */
  public void browserSessionsLast(Duration life) {
    auth.browserSessionsLast(life);
  }

  /** What auth-service calls this browser's session. */
  public String signInOf(TestBrowser browser) {
    return auth.signInOf(secret(browser));
  }

  /** auth-service has ended it, and nobody has told the gateway yet. */
  public void endSilently(TestBrowser browser) {
    auth.end(secret(browser));
  }

  /** The same for a reason, which is told to who asks. */
  public void endSilently(TestBrowser browser, String reason) {
    auth.overBecause(signInOf(browser), reason);
    endSilently(browser);
  }

  private static String secret(TestBrowser browser) {
    return browser.cookie().split("=", 2)[1];
  }

  /** A workspace of this person's. */
  public String workspaceOf(String user) {
    return workspaces.of(user);
  }

  /** workspace-service remembers that the ciphertext of this one may be left. */
  public void leave(String workspace) {
    workspaces.leave(workspace);
  }

  public boolean isLeft(String workspace) {
    return workspaces.isLeft(workspace);
  }

  /** session-service says that this one is over. */
  public void endSession(String id) {
    sessions.end(id);
  }

  /** A session that session-service knows of before the gateway does. */
  public String sessionIn(String user, String workspace, String sandbox, String state) {
    return sessions.add(user, workspace, sandbox, state);
  }

  /** Sessions of this workspace are locked from now on, whatever is reported. */
  public void sessionsStayLocked(String workspace) {
    sessions.stayLocked(workspace);
  }

  public String stateOf(String session) {
    return sessions.stateOf(session);
  }

  public Object reasonOf(String session) {
    return sessions.reasonOf(session);
  }
}
