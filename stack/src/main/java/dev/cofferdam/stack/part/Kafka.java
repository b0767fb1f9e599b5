// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.Launch;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/** One Kafka node that is its own controller (KRaft). */
public final class Kafka implements Part {
  private static final int PATIENCE_MILLIS = 3000;
  private static final List<String> TOPICS =
      List.of("coffer.session.v1", "coffer.workspace.v1", "coffer.security.v1");

  private final Rooms rooms;
  private final int port;
  private final int controllerPort;
  private final Path home;

  public Kafka(Rooms rooms, int port, int controllerPort) {
    this.rooms = rooms;
    this.port = port;
    this.controllerPort = controllerPort;
    home = rooms.kept("kafka");
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public int port() {
    return port;
  }

  String bootstrap() {
    return "127.0.0.1:" + port;
  }

  @Override
  public Launch launch() throws IOException {
    Path config = home.resolve("server.properties");
    rooms.runAs(PartUser.KAFKA, settings(), List.of("tee", config.toString()));
    if (Files.notExists(home.resolve("log/meta.properties"))) {
      List<String> format = new ArrayList<>(java("-Xmx64m"));
      format.addAll(List.of("kafka.tools.StorageTool", "format", "-t"));
      format.addAll(List.of(Uuid.randomUuid().toString(), "-c", config.toString()));
      rooms.runAs(PartUser.KAFKA, "", format);
    }
    List<String> words = new ArrayList<>(java("-Xmx256m"));
    words.addAll(List.of("kafka.Kafka", config.toString()));
    return Launch.of(PartUser.KAFKA, words);
  }

  private List<String> java(String heap) {
    return List.of(
        rooms.java(),
        heap,
        "-Xms64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-XX:+DisableAttachMechanism",
        "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT %4$s %3$s %5$s%6$s%n",
        "-cp",
        // What both need of libraries lies with the stack.
        rooms.app("kafka") + "/*:" + rooms.app("stack") + "/*");
  }

  /** Every record is on the disk before it is acknowledged: a killed broker loses none. */
  private String settings() {
    return String.join(
            "\n",
            "process.roles=broker,controller",
            "node.id=1",
            "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
            "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
            "controller.listener.names=CONTROLLER",
            "log.dirs=" + home.resolve("log"),
            "log.flush.interval.messages=1",
            "log.retention.hours=168",
            "log.segment.bytes=16777216",
            "auto.create.topics.enable=false",
            "group.initial.rebalance.delay.ms=0",
            "offsets.topic.replication.factor=1",
            "offsets.topic.num.partitions=4",
            "transaction.state.log.replication.factor=1",
            "transaction.state.log.min.isr=1",
            "transaction.state.log.num.partitions=4",
            "message.max.bytes=65536")
        + "\n";
  }

  @Override
  public boolean isReady() {
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Makes the topics that are missing. */
  @Override
  public void onReady() {
    try (Admin admin = admin()) {
      Set<String> there = admin.listTopics().names().get(10, TimeUnit.SECONDS);
      Set<NewTopic> missing =
          TOPICS.stream()
              .filter(topic -> !there.contains(topic))
              .map(topic -> new NewTopic(topic, Optional.of(1), Optional.of((short) 1)))
              .collect(Collectors.toSet());
      admin.createTopics(missing).all().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
      throw new StartFailure("the topics could not be made: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrap(),
            "request.timeout.ms",
            "2500",
            "default.api.timeout.ms",
            PATIENCE_MILLIS + ""));
  }
}
