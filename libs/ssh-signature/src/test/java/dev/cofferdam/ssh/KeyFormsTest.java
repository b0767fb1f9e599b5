// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormsTest {
  private static final String KEY = new SoftwareKey().key.line();

  @Test
  void readsALineWithAComment() {
    PublicKeyLine line = PublicKeyLine.parse("  " + KEY + " ada at home \n");
    assertThat(line.comment()).isEqualTo("ada at home");
    assertThat(line.key().line()).isEqualTo(KEY);
    assertThat(PublicKeyLine.parse(KEY).comment()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 ====",
        "ssh-ed25519  AAAAC3NzaC1lZDI1NTE5AAAAIA==",
        "restrict ssh-ed25519 AAAA",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "ssh-dss AAAAB3NzaC1kc3MAAACBAA=="
      })
  void refusesWhatIsNoKey(String line) {
    assertThatThrownBy(() -> PublicKeyLine.parse(line)).isInstanceOf(MalformedSsh.class);
  }

  @Test
  void refusesTwoLinesOptionsAndAnotherType() {
    assertThatThrownBy(() -> PublicKeyLine.parse(KEY + "\n" + KEY))
        .hasMessageContaining("one line");
    assertThatThrownBy(() -> PublicKeyLine.parse("no-pty " + KEY)).isInstanceOf(MalformedSsh.class);
    assertThatThrownBy(() -> PublicKeyLine.parse(KEY.replaceFirst("sk-ssh", "ssh")))
        .isInstanceOf(MalformedSsh.class);
    assertThatThrownBy(() -> PublicKeyLine.parse("ssh-ed25519" + UserCertificate.SUFFIX + " AAAA"))
        .hasMessageContaining("certificate");
  }

  @Test
  void refusesBase64WithSlackBitsOrWithoutPadding() {
    assertThat(Base64Text.decode("AQ==")).containsExactly(1);
    assertThatThrownBy(() -> Base64Text.decode("AR==")).isInstanceOf(MalformedSsh.class);
    assertThatThrownBy(() -> Base64Text.decode("AQ")).isInstanceOf(MalformedSsh.class);
  }

  @Test
  void refusesNumbersWithLeadingZerosOrASign() {
    assertThat(new Wire(new byte[] {0, 0, 0, 2, 0, -128}).positive()).isEqualTo(128);
    for (byte[] number : new byte[][] {{}, {0}, {0, 1}, {-1}}) {
      byte[] wire = new WireOut().string(number).toBytes();
      assertThatThrownBy(() -> new Wire(wire).positive()).isInstanceOf(MalformedSsh.class);
    }
  }

  @Test
  void refusesLengthsBeyondTheEnd() {
    for (int length : new int[] {1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      byte[] wire = new WireOut().uint32(length).toBytes();
      assertThatThrownBy(() -> new Wire(wire).string()).isInstanceOf(MalformedSsh.class);
    }
  }

  @Test
  void refusesAPointOffTheCurve() {
    byte[] point = new byte[65];
    Arrays.fill(point, (byte) 4);
    assertThatThrownBy(() -> new EcdsaKey(Blob.copyOf(point))).isInstanceOf(MalformedSsh.class);
  }

  @Test
  void refusesPointsOfSmallOrder() {
    for (BigInteger height : EdwardsPoint.SMALL_ORDER) {
      assertThatThrownBy(() -> new EdwardsPoint(littleEndian(height)))
          .isInstanceOf(MalformedSsh.class);
      assertThatThrownBy(() -> new EdwardsPoint(littleEndian(height.setBit(255))))
          .isInstanceOf(MalformedSsh.class);
    }
    assertThatThrownBy(() -> new EdwardsPoint(littleEndian(EdwardsPoint.P.add(BigInteger.TWO))))
        .isInstanceOf(MalformedSsh.class);
  }

  /** Doubling a point at height y gives y' = (y² + x²) / (2 - y² + x²): three times ends at 1. */
  @Test
  void hasTheRightHeightsOfSmallOrder() {
    BigInteger p = EdwardsPoint.P;
    BigInteger d =
        BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(p)).mod(p);
    for (BigInteger height : EdwardsPoint.SMALL_ORDER) {
      BigInteger y = height;
      for (int doubled = 0; doubled < 3; doubled++) {
        BigInteger yy = y.multiply(y).mod(p);
        BigInteger xx =
            yy.subtract(BigInteger.ONE)
                .multiply(d.multiply(yy).add(BigInteger.ONE).modInverse(p))
                .mod(p);
        y = yy.add(xx).multiply(BigInteger.TWO.subtract(yy.subtract(xx)).modInverse(p)).mod(p);
      }
      assertThat(y).isEqualTo(BigInteger.ONE);
    }
  }

  private static Blob littleEndian(BigInteger number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return Blob.copyOf(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {3071, 8193})
  void refusesRsaOfOtherLengths(int bits) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    assertThatThrownBy(() -> new RsaKey(BigInteger.valueOf(65537), modulus))
        .hasMessageContaining("3072");
  }

  @Test
  void refusesArmourThatIsNotExact() {
    String good = SoftwareKey.armour(new byte[100]);
    assertThat(Armour.open(good)).hasSize(100);
    for (String bad :
        new String[] {
          " " + good,
          good + "x",
          good + "\n",
          good.replace("BEGIN SSH", "BEGIN PGP"),
          good.replaceFirst("\n", "\n\n"),
          good.replaceFirst("\n", "\r\n"),
          good.replace("\nAAAA", "\n AAAA"),
          good.substring(0, 60),
          "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
          SoftwareKey.armour(new byte[20_000]),
          "-----BEGIN SSH SIGNATURE-----\n"
              + Base64.getEncoder().encodeToString(new byte[100])
              + "\n-----END SSH SIGNATURE-----\n"
        }) {
      assertThatThrownBy(() -> Armour.open(bad)).as(bad).isInstanceOf(MalformedSsh.class);
    }
  }
}
