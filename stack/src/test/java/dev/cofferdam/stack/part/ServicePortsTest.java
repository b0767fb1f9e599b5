// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServicePortsTest {
  private static ServicePorts ports(int replicas) {
    List<String> inner = List.of("a-service", "b-service");
    int needed = ServicePorts.needed(inner, replicas);
    List<Integer> free = IntStream.range(1000, 1000 + needed).boxed().toList();
    return new ServicePorts(inner, "gateway", 8484, replicas, free);
  }

  @Test
  void oneReplicaIsCalledAsItsServiceAndHasThePublicPort() {
    assertThat(Replica.names("a-service", 1)).containsExactly("a-service");
    assertThat(ports(1).of("gateway")).containsExactly(8484);
  }

  @Test
  void furtherReplicasHaveNumbersAndFurtherPorts() {
    assertThat(Replica.names("a-service", 3))
        .containsExactly("a-service", "a-service-2", "a-service-3");
    assertThat(ports(3).of("gateway")).containsExactly(8484, 8485, 8486);
  }

  @Test
  void callersAreToldAllOfAService() {
    ServicePorts ports = ports(2);
    List<Integer> of = ports.of("b-service");
    assertThat(of)
        .hasSize(2)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(ports.of("a-service"));
    assertThat(ports.urls("b-service"))
        .isEqualTo("https://127.0.0.1:" + of.get(0) + ",https://127.0.0.1:" + of.get(1));
  }

  @Test
  void eachAnswersForItsOwnHealth() {
    ServicePorts ports = ports(2);
    assertThat(Replica.of("a-service", 2).stream().map(ports::managementOf).toList())
        .doesNotHaveDuplicates()
        .doesNotContain(0);
  }
}
