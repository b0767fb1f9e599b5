// SPDX-License-Identifier: Apache-2.0
import { useId, type InputHTMLAttributes } from 'react';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  label: string;
  /** What is wrong with it, or else what it should be. */
  rule?: string | null | undefined;
  hint?: string;
  testId: string;
  onText: (text: string) => void;
}

/** One line of text with its label, and its rule right below. */
export function Field({ label, rule, hint, testId, onText, ...input }: Props) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={Boolean(rule)}
        aria-describedby={rule || hint ? `${id}-rule` : undefined}
        data-testid={testId}
        onChange={(event) => onText(event.target.value)}
        {...input}
      />
      <Rule id={`${id}-rule`} rule={rule} hint={hint} />
    </>
  );
}

export function Rule({ id, rule, hint }: { id: string; rule?: string | null | undefined; hint?: string | undefined }) {
  if (rule) {
    return (
      <p id={id} className="rule rule-broken" role="alert" data-testid="rule">
        {rule}
      </p>
    );
  }
  return hint ? (
    <p id={id} className="rule">
      {hint}
    </p>
  ) : null;
}
