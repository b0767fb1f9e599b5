// SPDX-License-Identifier: Apache-2.0
import { useId } from 'react';

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly { readonly value: T; readonly text: string }[];
  hint?: string;
  testId: string;
  disabled?: boolean;
  onChoose: (value: T) => void;
}

/** One of a few, with the browser's own list: it is operable everywhere already. */
export function Choice<T extends string>({ label, value, options, hint, testId, disabled = false, onChoose }: Props<T>) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        data-testid={testId}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChoose(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="rule">
          {hint}
        </p>
      )}
    </>
  );
}
