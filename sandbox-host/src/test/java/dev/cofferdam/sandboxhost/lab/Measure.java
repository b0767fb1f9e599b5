// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.lab;

import dev.cofferdam.sandboxhost.lab.Processes.Found;
import dev.cofferdam.terminal.protocol.ControlAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints how long a box takes from start to end and what it weighs, median of some rounds:
 *
 * <pre>mvn -pl sandbox-host test-compile exec:exec -Dexec.classpathScope=test \
 *   -Dexec.executable=java -Dexec.args="-cp %classpath dev.cofferdam.sandboxhost.lab.Measure"</pre>
 */
public final class Measure {
  private static final int ROUNDS = 9;

  private final Map<String, List<Long>> figures = new LinkedHashMap<>();

  private Measure() {}

  public static void main(String[] args) throws IOException {
    Measure measure = new Measure();
    try (Lab lab = Lab.ofItsOwn()) {
      for (int round = 0; round <= ROUNDS; round++) {
        if (round == 1) {
          measure.figures.clear();
        }
        measure.round(lab.newWorkspace());
      }
    }
    measure.figures.forEach(
        (what, values) ->
            System.out.printf(
                "%-40s %6d%n", what, values.stream().sorted().toList().get(ROUNDS / 2)));
    System.exit(0);
  }

  private void round(TestWorkspace workspace) throws IOException {
    workspace.lab().client().list();
    long start = System.nanoTime();
    var box = workspace.lab().client().start(workspace.id());
    note("box started, ms", start);
    TestBox opened = new TestBox(workspace, box);
    note("… agent listens, ms", start);
    for (ControlAnswer answer : opened.open()) {
      if (answer instanceof ControlAnswer.Step step) {
        figures
            .computeIfAbsent("open: " + step.name() + ", ms", k -> new ArrayList<>())
            .add(step.micros() / 1000);
      }
    }
    note("… opened, ms", start);
    TestView view = opened.terminal();
    note("… prompt, ms", start);
    for (Found process : opened.processes()) {
      String name = process.commandLine().split(" ")[0];
      if (name.equals("gocryptfs") || name.endsWith("java")) {
        weigh(Path.of(name).getFileName().toString(), process.pid());
      }
    }
    start = System.nanoTime();
    opened.lock();
    note("lock answered, ms", start);
    opened.awaitExit();
    note("… gone, ms", start);
    view.close();
  }

  private void note(String what, long start) {
    figures
        .computeIfAbsent(what, k -> new ArrayList<>())
        .add((System.nanoTime() - start) / 1_000_000);
  }

  private void weigh(String what, long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.matches("(VmRSS|RssAnon):.*")) {
        long kib = Long.parseLong(line.replaceAll("[^0-9]", ""));
        String name = what + " " + line.substring(0, line.indexOf(':')) + ", KiB";
        figures.computeIfAbsent(name, k -> new ArrayList<>()).add(kib);
      }
    }
  }
}
