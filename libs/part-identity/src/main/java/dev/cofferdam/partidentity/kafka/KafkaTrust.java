// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.partidentity.kafka;

import dev.cofferdam.partidentity.PartName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may do what in Kafka. A principal is the part's word from its certificate; what no line below
 * allows is refused. Whoever may write or read a topic may ask about it as well.
 */
public final class KafkaTrust {
  private static final String ANY_HOST = "*";
  private static final long PATIENCE_SECONDS = 10;
  private static final String SESSION = "coffer.session.v1";
  private static final String WORKSPACE = "coffer.workspace.v1";
  private static final String SECURITY = "coffer.security.v1";
  private static final String AUDIT = "coffer.audit.v1";
  private static final String DEAD = "coffer.dead.v1";

  private KafkaTrust() {}

  /**
   * Lines of the broker's settings. Kafka itself has to be a super user: it registers with its
   * controller before any rule is known. A name that is none of ours ends the connection.
   */
  public static String settings() {
    return String.join(
        "\n",
        "listener.security.protocol.map=PARTS:SSL,CONTROLLER:SSL",
        "ssl.client.auth=required",
        "ssl.enabled.protocols=TLSv1.3",
        "ssl.engine.factory.class=" + BrokerEngines.class.getName(),
        "listener.name.controller.ssl.engine.factory.class=" + ControllerEngines.class.getName(),
        "ssl.principal.mapping.rules=RULE:^CN=([a-z]+)\\\\.cofferdam\\\\.internal$/$1/",
        "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found=false",
        "super.users=User:" + PartName.KAFKA.word() + ";User:" + PartName.STACK.word(),
        "auto.create.topics.enable=false");
  }

  /** The rules, by part. */
  public static List<AclBinding> rules() {
    List<AclBinding> rules = new ArrayList<>();
    rules.add(topic(PartName.AUTH, AclOperation.WRITE, SECURITY));
    rules.add(topic(PartName.SESSION, AclOperation.WRITE, SESSION));
    rules.add(topic(PartName.SESSION, AclOperation.WRITE, SECURITY));
    rules.add(topic(PartName.SESSION, AclOperation.WRITE, AUDIT));
    rules.add(topic(PartName.SESSION, AclOperation.WRITE, DEAD));
    for (String recorded : List.of(SESSION, WORKSPACE, SECURITY)) {
      rules.add(topic(PartName.SESSION, AclOperation.READ, recorded));
    }
    rules.add(rule(PartName.SESSION, AclOperation.READ, ResourceType.GROUP, "session-service"));
    rules.add(topic(PartName.WORKSPACE, AclOperation.WRITE, WORKSPACE));
    rules.add(topic(PartName.WORKSPACE, AclOperation.WRITE, SECURITY));
    rules.add(topic(PartName.WORKSPACE, AclOperation.READ, SECURITY));
    rules.add(topic(PartName.WORKSPACE, AclOperation.READ, SESSION));
    rules.add(rule(PartName.WORKSPACE, AclOperation.READ, ResourceType.GROUP, "workspace-service"));
    for (String followed : List.of(SESSION, WORKSPACE, SECURITY)) {
      rules.add(topic(PartName.GATEWAY, AclOperation.READ, followed));
    }
    return List.copyOf(rules);
  }

  private static AclBinding topic(PartName part, AclOperation operation, String topic) {
    return rule(part, operation, ResourceType.TOPIC, topic);
  }

  private static AclBinding rule(
      PartName part, AclOperation operation, ResourceType type, String name) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + part.word(), ANY_HOST, operation, AclPermissionType.ALLOW));
  }

  /** Puts exactly these rules in force: what another version allowed is taken back. */
  public static void allow(Admin admin)
      throws ExecutionException, TimeoutException, InterruptedException {
    Collection<AclBinding> there =
        admin.describeAcls(AclBindingFilter.ANY).values().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Set<AclBinding> missing = new HashSet<>(rules());
    missing.removeAll(there);
    admin.createAcls(missing).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    List<AclBindingFilter> stale =
        there.stream().filter(rule -> !rules().contains(rule)).map(AclBinding::toFilter).toList();
    admin.deleteAcls(stale).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
