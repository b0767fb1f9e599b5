// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { Check, Copy } from './icons';

type Outcome = 'none' | 'copied' | 'refused';

const WORDS: Record<Outcome, string> = { none: 'Copy', copied: 'Copied', refused: 'Select it by hand' };

/** Copies exactly this text, and says whether the browser let it. */
export function CopyButton({ text, what, testId = 'copy' }: { text: string; what: string; testId?: string }) {
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), 2_500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  return (
    <button type="button" className="button copy" onClick={() => void copy()} data-testid={testId}>
      {outcome === 'copied' ? <Check /> : <Copy />}
      <span role="status">{WORDS[outcome]}</span>
      <span className="sr-only"> {what}</span>
    </button>
  );
}
