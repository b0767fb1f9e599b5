// SPDX-License-Identifier: Apache-2.0
import { CopyButton } from './CopyButton';

interface Props {
  text: string;
  /** What it is, in the middle of a sentence: "the command". */
  what: string;
  prompt?: boolean;
  testId?: string;
}

/** Text to be taken elsewhere, whole, with a button that does it. */
export function CopyBox({ text, what, prompt = false, testId = 'copy-text' }: Props) {
  return (
    <div className="copybox">
      <pre className="command" tabIndex={0} role="group" aria-label={what} data-testid={testId}>
        {prompt && <span aria-hidden="true">$ </span>}
        <code>{text}</code>
      </pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}
