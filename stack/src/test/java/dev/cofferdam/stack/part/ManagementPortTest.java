// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.stack.process.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementPortTest {
  private static int ofReplica(int number, String... settings) {
    return ManagementPort.of(new Replica("a-service", number), List.of(settings), 1234);
  }

  @Test
  void isAnyThatIsFreeUnlessOneIsSet() {
    assertThat(ofReplica(1)).isEqualTo(1234);
    assertThat(ofReplica(2, "coffer.a=b", "quarkus.management.port-2=9")).isEqualTo(1234);
  }

  @Test
  void isTheOneThatIsSetLast() {
    assertThat(ofReplica(1, "quarkus.management.port=9000", "quarkus.management.port=9464"))
        .isEqualTo(9464);
  }

  @Test
  void ofFurtherReplicasIsTheNext() {
    assertThat(ofReplica(3, "quarkus.management.port=9464")).isEqualTo(9466);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "-1", "1021", "65534", "99999999999"})
  void thatIsNoneIsRefused(String port) {
    assertThatThrownBy(() -> ofReplica(3, "quarkus.management.port=" + port))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "a-service:quarkus.management.port takes a port from 1024 to 65535, of which each"
                + " replica has one");
  }

  private static Map<Replica, Integer> ofTwoServices(int first, int second) {
    List<Replica> all = new ArrayList<>(Replica.of("a-service", 2));
    all.addAll(Replica.of("b-service", 2));
    return ManagementPort.ofAll(
        all,
        service ->
            List.of("quarkus.management.port=" + (service.equals("a-service") ? first : second)),
        replica -> 0);
  }

  @Test
  void ofEachReplicaIsItsOwn() {
    assertThat(ofTwoServices(9464, 9466).values()).containsExactly(9464, 9465, 9466, 9467);
  }

  @Test
  void thatTwoServicesWouldHaveIsRefused() {
    assertThatThrownBy(() -> ofTwoServices(9464, 9464))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "quarkus.management.port would give a-service and b-service the same port 9464: set"
                + " another");
  }

  @Test
  void thatReplicasOfTwoServicesWouldHaveIsRefused() {
    assertThatThrownBy(() -> ofTwoServices(9464, 9465))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("would give a-service-2 and b-service the same port 9465");
  }

  @Test
  void thatAnotherHasBecauseItWasFreeIsRefused() {
    List<Replica> two = List.of(new Replica("a-service", 1), new Replica("b-service", 1));
    assertThatThrownBy(
            () ->
                ManagementPort.ofAll(
                    two,
                    service ->
                        service.equals("b-service")
                            ? List.of("quarkus.management.port=1234")
                            : List.of(),
                    replica -> 1234))
        .isInstanceOf(StartFailure.class);
  }
}
