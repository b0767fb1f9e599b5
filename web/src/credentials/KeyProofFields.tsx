// SPDX-License-Identifier: Apache-2.0
import { ProblemNote } from '../ui/ProblemNote';
import { Signature } from './Signature';
import type { KeyProof } from './useKeyProof';

/** The command and its answer, once there is one to run. */
export function KeyProofFields({ proof, busy, rule }: { proof: KeyProof; busy: boolean; rule: string | null }) {
  if (proof.problem) return <ProblemNote problem={proof.problem} onRetry={proof.again} />;
  if (!proof.asked) return <p>Asking for what to sign…</p>;
  return (
    <div className="proof">
      <Signature
        key={proof.asked.challenge.id}
        asked={proof.asked}
        goodFor="one key"
        left={proof.left}
        busy={busy}
        text={proof.text}
        rule={rule}
        onAgain={proof.again}
        onText={proof.onText}
      />
    </div>
  );
}
