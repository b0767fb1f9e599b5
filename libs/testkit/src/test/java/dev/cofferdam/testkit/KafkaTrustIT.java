// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.partidentity.PartIdentity;
import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.partidentity.kafka.KafkaClient;
import dev.cofferdam.partidentity.kafka.KafkaTrust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every part on every topic, operation and group of Kafka, and those who are nobody (rule Q1). */
class KafkaTrustIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> TOPICS =
      List.of(
          "coffer.session.v1",
          "coffer.workspace.v1",
          "coffer.security.v1",
          "coffer.audit.v1",
          "coffer.dead.v1",
          "__consumer_offsets");
  private static final List<String> GROUPS =
      List.of("session-service", "workspace-service", "workspace-servic", "x");

  /** What README and ADR say, written down a second time. */
  private static final Map<PartName, Set<String>> ALLOWED =
      Map.of(
          PartName.AUTH,
          Set.of("write coffer.security.v1"),
          PartName.SESSION,
          Set.of(
              "write coffer.session.v1",
              "write coffer.security.v1",
              "write coffer.audit.v1",
              "write coffer.dead.v1",
              "read coffer.session.v1",
              "read coffer.workspace.v1",
              "read coffer.security.v1",
              "group session-service"),
          PartName.WORKSPACE,
          Set.of(
              "write coffer.workspace.v1",
              "write coffer.security.v1",
              "read coffer.session.v1",
              "read coffer.security.v1",
              "group workspace-service"),
          PartName.GATEWAY,
          Set.of("read coffer.session.v1", "read coffer.workspace.v1", "read coffer.security.v1"));

  private static BaoServer bao;
  private static KafkaServer kafka;

  @BeforeAll
  static void start() {
    bao = BaoServer.start();
    kafka = KafkaServer.start(bao);
  }

  @AfterAll
  static void stop() {
    kafka.close();
    bao.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = PartName.class,
      names = {"AUTH", "SESSION", "WORKSPACE", "GATEWAY"})
  void eachPartMayDoWhatItsRulesSayAndNothingElse(PartName part) throws Exception {
    Set<String> can = new TreeSet<>();
    try (KafkaProducer<String, String> producer = producer(part);
        Admin admin = admin(part)) {
      for (String topic : TOPICS) {
        if (succeeds(producer.send(new ProducerRecord<>(topic, "k", "{}")))) {
          can.add("write " + topic);
        }
        if (reads(part, topic)) {
          can.add("read " + topic);
        }
      }
      for (String group : GROUPS) {
        if (commits(admin, group)) {
          can.add("group " + group);
        }
      }
      for (Map.Entry<String, Attempt> attempt : administration(admin).entrySet()) {
        if (attempt.getValue().succeeds()) {
          can.add(attempt.getKey());
        }
      }
    }
    assertThat(can).isEqualTo(new TreeSet<>(ALLOWED.get(part)));
  }

  private static boolean reads(PartName part, String topic) {
    try (KafkaConsumer<String, String> consumer = consumer(part)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      consumer.poll(Duration.ofSeconds(2));
      return true;
    } catch (AuthorizationException e) {
      return false;
    }
  }

  private static boolean commits(Admin admin, String group) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> offset =
        Map.of(new TopicPartition("coffer.session.v1", 0), new OffsetAndMetadata(0));
    return succeeds(admin.alterConsumerGroupOffsets(group, offset).all());
  }

  private interface Attempt {
    boolean succeeds() throws Exception;
  }

  private static Map<String, Attempt> administration(Admin admin) {
    return Map.of(
        "create topics",
        () -> succeeds(admin.createTopics(List.of(new NewTopic("mine", 1, (short) 1))).all()),
        "delete topics",
        () -> succeeds(admin.deleteTopics(List.of("coffer.workspace.v1")).all()),
        "describe rules",
        () -> succeeds(admin.describeAcls(AclBindingFilter.ANY).values()),
        "delete rules",
        () -> succeeds(admin.deleteAcls(List.of(AclBindingFilter.ANY)).all()),
        "make rules",
        () -> succeeds(admin.createAcls(KafkaTrust.rules()).all()));
  }

  @Test
  void noRuleIsForEverybodyOrForAPrefix() {
    assertThat(KafkaTrust.rules())
        .allSatisfy(
            rule -> {
              assertThat(rule.entry().principal()).matches("User:(auth|session|workspace|gateway)");
              assertThat(rule.pattern().name()).doesNotContain("*");
              assertThat(rule.pattern().patternType()).hasToString("LITERAL");
            });
  }

  @Test
  void rulesOfAnotherVersionAreTakenBack() throws Exception {
    try (Admin admin = admin(PartName.STACK)) {
      admin.createAcls(List.of(stale())).all().get();
      KafkaTrust.allow(admin);
      assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
          .containsExactlyInAnyOrderElementsOf(KafkaTrust.rules());
    }
  }

  private static org.apache.kafka.common.acl.AclBinding stale() {
    return new org.apache.kafka.common.acl.AclBinding(
        KafkaTrust.rules().getFirst().pattern(),
        new org.apache.kafka.common.acl.AccessControlEntry(
            "User:gateway",
            "*",
            org.apache.kafka.common.acl.AclOperation.ALL,
            org.apache.kafka.common.acl.AclPermissionType.ALLOW));
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotLetIn() {
    PartIdentity forged = bao.foreignIdentityOf(PartName.STACK);
    assertThatThrownBy(() -> describe(new KafkaClient(kafka.bootstrap(), () -> forged)))
        .hasRootCauseInstanceOf(java.security.cert.CertPathValidatorException.class);
    assertThatThrownBy(() -> describe(withForeignCertificate(forged)))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  /** Believes our authority, as somebody would who only wants to get in. */
  private static Properties withForeignCertificate(PartIdentity forged) {
    Map<String, String> held = forged.credential().handover();
    Properties settings = new Properties();
    settings.put("bootstrap.servers", kafka.bootstrap());
    settings.put("security.protocol", "SSL");
    settings.put("ssl.endpoint.identification.algorithm", "");
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.certificates", bao.authority());
    settings.put("ssl.keystore.type", "PEM");
    settings.put("ssl.keystore.certificate.chain", held.get("coffer.identity.certificate"));
    settings.put(
        "ssl.keystore.key",
        "-----BEGIN PRIVATE KEY-----\n"
            + held.get("coffer.identity.key")
            + "\n-----END PRIVATE KEY-----\n");
    return settings;
  }

  @Test
  void aPartThatHasNoBusinessWithKafkaIsNotLetIn() {
    assertThatThrownBy(() -> describe(kafka.clientOf(PartName.POSTGRES)))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void theControllerIsForKafkaItselfAlone() {
    for (PartName part : List.of(PartName.STACK, PartName.SESSION)) {
      KafkaClient client = new KafkaClient(kafka.controller(), kafka.clientOf(part).identity());
      assertThatThrownBy(() -> describe(client))
          .as(part.word())
          .hasCauseInstanceOf(SslAuthenticationException.class);
    }
  }

  @Test
  void whoSpeaksPlainlyIsNotHeard() {
    for (String door : List.of(kafka.bootstrap(), kafka.controller())) {
      Properties settings = new Properties();
      settings.put("bootstrap.servers", door);
      assertThatThrownBy(() -> describe(settings)).isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void keysAreInNoFileOfKafkas() {
    String key =
        kafka
            .clientOf(PartName.KAFKA)
            .identity()
            .get()
            .credential()
            .handover()
            .get("coffer.identity.key");
    List<String> holding = new ArrayList<>();
    try (Stream<java.nio.file.Path> files = java.nio.file.Files.walk(kafka.folder())) {
      files
          .filter(java.nio.file.Files::isRegularFile)
          .filter(f -> holds(f, key))
          .forEach(f -> holding.add(f.toString()));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThat(holding).isEmpty();
  }

  private static boolean holds(java.nio.file.Path file, String key) {
    try {
      String text =
          java.nio.file.Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      return text.contains(key) || text.contains("PRIVATE KEY");
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static void describe(KafkaClient client) throws Exception {
    describe(client.settings());
  }

  private static void describe(Properties settings) throws Exception {
    settings.put("default.api.timeout.ms", "3000");
    settings.put("request.timeout.ms", "2000");
    try (Admin admin = Admin.create(settings)) {
      admin.describeCluster().nodes().get();
    }
  }

  private static boolean succeeds(java.util.concurrent.Future<?> attempt) throws Exception {
    try {
      attempt.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(AuthorizationException.class);
      return false;
    }
  }

  private static boolean succeeds(org.apache.kafka.common.KafkaFuture<?> attempt) throws Exception {
    return succeeds(attempt.toCompletionStage().toCompletableFuture());
  }

  private static KafkaProducer<String, String> producer(PartName part) {
    Properties settings = kafka.clientOf(part).settings();
    settings.put("max.block.ms", "10000");
    // So that each refusal is one of this topic.
    settings.put("enable.idempotence", "false");
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static KafkaConsumer<String, String> consumer(PartName part) {
    Properties settings = kafka.clientOf(part).settings();
    settings.put("allow.auto.create.topics", "false");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  private static Admin admin(PartName part) {
    return Admin.create(kafka.clientOf(part).settings());
  }
}
