// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.ssh.SshSignatures.Verdict;
import dev.cofferdam.testkit.GuidedFuzz;
import java.util.Arrays;
import java.util.List;

/** Checks signatures: none is good but those that it started from. */
public final class FuzzedSignature {
  static final String MESSAGE = "sign in here";
  private static final List<byte[]> REAL = GuidedFuzz.seeds();
  private static final SshSignatures SIGNATURES = new SshSignatures(SshKeygen.NAMESPACE);

  private FuzzedSignature() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Verdict verdict = SIGNATURES.check(SoftwareKey.armour(input), MESSAGE.getBytes(UTF_8));
    boolean taken = verdict instanceof Verdict.Signed;
    if (taken && REAL.stream().noneMatch(real -> Arrays.equals(real, input))) {
      throw new AssertionError("a signature that nobody made");
    }
    try {
      SshPublicKey.parse(SshSignature.parse(input).signer().toBytes());
    } catch (MalformedSsh e) {
      // The one allowed refusal.
      return;
    }
  }
}
