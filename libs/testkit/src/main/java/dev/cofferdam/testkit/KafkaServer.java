// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/** A real Kafka: one node that is broker and controller, with the product's topics. */
public final class KafkaServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final List<String> TOPICS =
      List.of("coffer.session.v1", "coffer.workspace.v1", "coffer.security.v1");

  private final Folder folder = Folder.fresh("kafka");
  private final int port = FreePort.pick();
  private final Path config;
  private Child process;

  private KafkaServer() {
    config = folder.write("server.properties", settings(port, FreePort.pick()));
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

  public static KafkaServer start() {
    return new KafkaServer();
  }

  private String settings(int port, int controllerPort) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        listeners=BROKER://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=BROKER://127.0.0.1:%1$d
        listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=BROKER
        log.dirs=%3$s
        auto.create.topics.enable=false
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
        .formatted(port, controllerPort, folder.file("data"));
  }

  private Child launch() {
    Child child =
        Child.start(folder.file("log"), false, "", java("kafka.Kafka", config.toString()));
    child.awaitReady(START, this::answers);
    return child;
  }

  /** Its class path is the test's. */
  private static List<String> java(String main, String... arguments) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                main));
    command.addAll(List.of(arguments));
    return command;
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
    } catch (ExecutionException | TimeoutException e) {
      throw new TestkitException("topics could not be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestkitException("interrupted", e);
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of("bootstrap.servers", bootstrap(), "reconnect.backoff.max.ms", "100"));
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
