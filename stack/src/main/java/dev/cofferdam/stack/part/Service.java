// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.Launch;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A replica of a Quarkus service.
 *
 * @param port where it listens
 * @param managementPort where it answers for its health
 * @param compilation how its JVM compiles
 * @param plain settings that everybody may see
 * @param secrets made anew for each start of it
 */
record Service(
    Replica replica,
    PartUser user,
    List<String> needs,
    int port,
    int managementPort,
    int heapMegabytes,
    Compilation compilation,
    Map<String, String> plain,
    List<String> settings,
    Supplier<Map<String, String>> secrets,
    Rooms rooms)
    implements Part {

  /** How a JVM compiles (ADR 0026, 0034). */
  enum Compilation {
    /** Quickly and no further: half the time to start on few processors. */
    QUICK(List.of("-XX:TieredStopAtLevel=1")),
    /**
     * With the optimizing compiler for what is called six times as often as usual before it is
     * optimized: a start hardly gets there, a service that is kept busy soon does.
     */
    ONCE_BUSY(
        List.of(
            "-XX:Tier4InvocationThreshold=30000",
            "-XX:Tier4MinInvocationThreshold=10000",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=800000")),
    /** With the optimizing compiler too, for what every byte of every terminal passes through. */
    FULL(List.of());

    private final List<String> options;

    Compilation(List<String> options) {
      this.options = options;
    }
  }

  @Override
  public String name() {
    return replica.name();
  }

  @Override
  public Launch launch() {
    List<String> words = new ArrayList<>(List.of(rooms.java()));
    words.addAll(
        List.of(
            "-Xms24m",
            "-Xmx" + heapMegabytes + "m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:TrimNativeHeapInterval=5000",
            "-XX:+DisableAttachMechanism",
            "-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            // The other way to tell processes apart is a port that nobody asks.
            "-DCoreEnvironmentBean.processImplementationClassName="
                + "com.arjuna.ats.internal.arjuna.utils.UuidProcessId",
            "-Dcoffer.handover=stdin"));
    words.addAll(compilation.options);
    words.addAll(rooms.startCache(replica.service()));
    words.add("-Dquarkus.http.port=" + port);
    plain.forEach((key, value) -> words.add("-D" + key + "=" + value));
    settings.forEach(setting -> words.add("-D" + setting));
    // Behind what is set: of several replicas each has its own.
    words.add("-Dquarkus.management.port=" + managementPort);
    words.add("-jar");
    words.add(rooms.app(replica.service()).resolve("quarkus-run.jar").toString());
    return new Launch(words, user, secrets.get(), false, Launch.Rights.NONE);
  }

  @Override
  public boolean isReady() {
    return Health.answersOk(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"));
  }
}
