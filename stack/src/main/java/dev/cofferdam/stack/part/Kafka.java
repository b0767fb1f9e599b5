// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.partidentity.Credential;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.kafka.ClientEngines;
import dev.cofferdam.partidentity.kafka.KafkaTrust;
import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.Launch;
import dev.cofferdam.stack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.jspecify.annotations.Nullable;

/** One Kafka node that is its own controller (KRaft). */
public final class Kafka implements Part {
  private static final int PATIENCE_MILLIS = 3000;

  /** Signed heads of the audit ledger: kept for ever, or they would prove nothing. */
  private static final String HEADS = "coffer.audit.v1";

  private static final List<String> TOPICS =
      List.of(
          "coffer.session.v1",
          "coffer.workspace.v1",
          "coffer.security.v1",
          "coffer.dead.v1",
          HEADS);

  private final Rooms rooms;
  private final Identities identities;
  private final int port;
  private final int controllerPort;
  private final Path home;
  private volatile @Nullable Credential given;

  Kafka(Rooms rooms, Identities identities, int port, int controllerPort) {
    this.rooms = rooms;
    this.identities = identities;
    this.port = port;
    this.controllerPort = controllerPort;
    home = rooms.kept("kafka");
  }

  @Override
  public String name() {
    return "kafka";
  }

  /** Its certificate comes from there. */
  @Override
  public List<String> needs() {
    return List.of("vault");
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
    words.addAll(1, rooms.startCache("kafka"));
    words.addAll(List.of("kafka.Kafka", config.toString()));
    return new Launch(words, PartUser.KAFKA, handover(), true, Launch.Rights.NONE);
  }

  private Map<String, String> handover() {
    Credential newest = identities.of(PartName.KAFKA).credential();
    Map<String, String> handed = new HashMap<>(newest.handover());
    handed.put("coffer.identity.authority", identities.authority());
    given = newest;
    return handed;
  }

  /** Another line on its standard input once there is another certificate. */
  @Override
  public void refresh(Process running) throws IOException {
    Credential newest = identities.of(PartName.KAFKA).credential();
    if (!newest.equals(given)) {
      running.getOutputStream().write(Launch.line(handover()).getBytes(UTF_8));
      running.getOutputStream().flush();
    }
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
            "listeners=PARTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners=PARTS://127.0.0.1:" + port,
            "inter.broker.listener.name=PARTS",
            "controller.listener.names=CONTROLLER",
            KafkaTrust.settings(),
            "log.dirs=" + home.resolve("log"),
            "log.flush.interval.messages=1",
            "log.retention.hours=168",
            "log.segment.bytes=16777216",
            // Of the heap, from the start: 128 MiB by default, for topics of millions of keys.
            "log.cleaner.dedupe.buffer.size=4194304",
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

  /** Makes the topics that are missing, and who may do what to them. */
  @Override
  public void onReady() {
    try (Admin admin = admin()) {
      Set<String> there = admin.listTopics().names().get(10, TimeUnit.SECONDS);
      Set<NewTopic> missing =
          TOPICS.stream()
              .filter(topic -> !there.contains(topic))
              .map(Kafka::topic)
              .collect(Collectors.toSet());
      admin.createTopics(missing).all().get(10, TimeUnit.SECONDS);
      KafkaTrust.allow(admin);
    } catch (ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
      throw new StartFailure("the topics could not be made: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(1), Optional.of((short) 1))
        .configs(name.equals(HEADS) ? Map.of("retention.ms", "-1") : Map.of());
  }

  private Admin admin() {
    Map<String, Object> settings =
        new HashMap<>(ClientEngines.settings(bootstrap(), identities.of(PartName.STACK)));
    settings.put("request.timeout.ms", "2500");
    settings.put("default.api.timeout.ms", PATIENCE_MILLIS + "");
    return Admin.create(settings);
  }
}
