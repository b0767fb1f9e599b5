// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import dev.cofferdam.eventtrust.SignedRecords;
import dev.cofferdam.handover.HandoverLine;
import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import dev.cofferdam.partidentity.kafka.KafkaTrust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;

/** A real Kafka: one node that is broker and controller, with the product's topics. */
public final class KafkaServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final List<String> TOPICS =
      List.of(
          "coffer.session.v1",
          "coffer.workspace.v1",
          "coffer.security.v1",
          "coffer.audit.v1",
          "coffer.dead.v1");

  private final Folder folder = Folder.fresh("kafka");
  private final int port = FreePort.pick();
  private final int controllerPort = FreePort.pick();
  private final BaoServer vault;
  private final String authority;
  private final Map<PartName, PartIdentity> identities = new ConcurrentHashMap<>();
  private final Path config;
  private Child process;

  private KafkaServer(BaoServer vault) {
    this.vault = vault;
    authority = vault.authority();
    config = folder.write("server.properties", settings(port, controllerPort));
    Child.start(
            folder.file("format.log"),
            false,
            "",
            java(
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id=" + Uuid.randomUuid(),
                "--config=" + config))
        .awaitSuccess(START);
    process = launch();
    makeTopics();
  }

  /** Certificates are this Vault's, as in the product. */
  public static KafkaServer start(BaoServer vault) {
    return new KafkaServer(vault);
  }

  private String settings(int port, int controllerPort) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        listeners=PARTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PARTS://127.0.0.1:%1$d
        inter.broker.listener.name=PARTS
        log.dirs=%3$s
        %4$s
        num.partitions=1
        default.replication.factor=1
        min.insync.replicas=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.num.partitions=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        group.coordinator.threads=1
        num.network.threads=1
        num.io.threads=2
        log.cleaner.enable=false
        """
        .formatted(port, controllerPort, folder.file("data"), KafkaTrust.settings());
  }

  private Child launch() {
    Child child =
        Child.start(folder.file("log"), false, handover(), java("kafka.Kafka", config.toString()));
    child.awaitReady(START, this::answers);
    return child;
  }

  private String handover() {
    Map<String, String> handed = new HashMap<>(identityOf(PartName.KAFKA).credential().handover());
    handed.put("coffer.identity.authority", authority);
    return HandoverLine.write(handed) + "\n";
  }

  private static List<String> java(String main, String... arguments) {
    return JavaProgram.command(List.of("-XX:TieredStopAtLevel=1"), main, List.of(arguments));
  }

  private boolean answers() {
    if (!FreePort.isOpen(port)) {
      return false;
    }
    Admin admin = admin();
    try {
      return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    } finally {
      // Without waiting for what it still asks.
      admin.close(Duration.ZERO);
    }
  }

  private void makeTopics() {
    try (Admin admin = admin()) {
      List<NewTopic> topics = TOPICS.stream().map(t -> new NewTopic(t, 3, (short) 1)).toList();
      admin.createTopics(topics).all().get(START.toSeconds(), TimeUnit.SECONDS);
      KafkaTrust.allow(admin);
    } catch (ExecutionException | TimeoutException e) {
      throw new TestkitException("topics could not be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }

  private Admin admin() {
    Properties settings = clientOf(PartName.STACK).settings();
    settings.put("reconnect.backoff.max.ms", "100");
    return Admin.create(settings);
  }

  /** How this part gets to it. */
  public KafkaClient clientOf(PartName part) {
    return new KafkaClient(bootstrap(), () -> identityOf(part));
  }

  /** As this part tells it. */
  public ProducerRecord<String, String> signed(
      PartName part, String topic, String key, String value) {
    return SignedRecords.of(identityOf(part), topic, key, value);
  }

  private PartIdentity identityOf(PartName part) {
    return identities.computeIfAbsent(part, vault::identityOf);
  }

  /** Where it speaks to itself. */
  public String controller() {
    return "127.0.0.1:" + controllerPort;
  }

  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** Everything that it stored and logged. */
  public Path folder() {
    return folder.path();
  }

  /** At once, as a power cut would; {@link #restart} brings it back with what it had. */
  public void kill() {
    process.kill();
  }

  public void restart() {
    process = launch();
  }

  @Override
  public void close() {
    process.kill();
    folder.close();
  }
}
