// SPDX-License-Identifier: Apache-2.0
import { useId } from 'react';
import { Rule } from '../ui/Field';
import { VERB_GROUPS, type Verb } from './verbs';

interface Props {
  chosen: ReadonlySet<string>;
  /** Whether it is for one workspace only. */
  narrowed: boolean;
  rule: string | null;
  onChange: (chosen: ReadonlySet<string>) => void;
}

export function VerbChoice({ chosen, narrowed, rule, onChange }: Props) {
  const id = useId();
  const toggle = (word: string) => {
    const next = new Set(chosen);
    if (!next.delete(word)) next.add(word);
    onChange(next);
  };
  return (
    <>
      {VERB_GROUPS.map((group, index) => (
        <fieldset key={group.title} className="verbs" aria-describedby={rule ? id : undefined}>
          <legend>{group.title}</legend>
          {group.verbs.map((verb) => (
            <Tick
              key={verb.word}
              verb={verb}
              ticked={chosen.has(verb.word)}
              disabled={narrowed && verb.whole === true}
              broken={rule !== null && index === 0 && verb === group.verbs[0]}
              onToggle={() => toggle(verb.word)}
            />
          ))}
        </fieldset>
      ))}
      <Rule id={id} rule={rule} />
    </>
  );
}

function Tick({ verb, ticked, disabled, broken, onToggle }: { verb: Verb; ticked: boolean; disabled: boolean; broken: boolean; onToggle: () => void }) {
  return (
    <label className="tick">
      <input type="checkbox" checked={ticked && !disabled} disabled={disabled} aria-invalid={broken} onChange={onToggle} data-testid="verb" data-verb={verb.word} />
      <span>{verb.text}</span>
    </label>
  );
}
