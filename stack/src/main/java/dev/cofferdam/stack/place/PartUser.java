// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.place;

/**
 * The system user that a part runs as when the stack is started as root.
 *
 * @param name as in passwd(5), in the first installation of a host ({@link Rooms#nameOf}); the
 *     group has the same name
 */
public record PartUser(String name) {
  public static final PartUser AUTH = new PartUser("coffer-auth");
  public static final PartUser SESSION = new PartUser("coffer-session");
  public static final PartUser WORKSPACE = new PartUser("coffer-workspace");
  public static final PartUser GATEWAY = new PartUser("coffer-gateway");
  public static final PartUser POSTGRES = new PartUser("coffer-postgres");
  public static final PartUser KAFKA = new PartUser("coffer-kafka");
  public static final PartUser VAULT = new PartUser("coffer-vault");
  public static final PartUser SANDBOX = new PartUser("coffer-sandbox");

  static final PartUser[] ALL = {
    AUTH, SESSION, WORKSPACE, GATEWAY, POSTGRES, KAFKA, VAULT, SANDBOX
  };
}
