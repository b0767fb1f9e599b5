// SPDX-License-Identifier: Apache-2.0

/** Something that can be done from anywhere. */
export interface Command {
  readonly id: string;
  readonly text: string;
  /** Further words that people look for it by. */
  readonly also?: string;
  /** Keys as they are pressed one after the other, for instance ["g", "s"]. */
  readonly keys?: readonly string[];
  readonly run: () => void;
}

/** Those in which every typed word begins some word, the ones that begin with what was typed first. */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const wanted = words(typed);
  if (wanted.length === 0) return commands;
  const found = commands.filter((command) => {
    const there = words(`${command.text} ${command.also ?? ''}`);
    return wanted.every((word) => there.some((other) => other.startsWith(word)));
  });
  const first = wanted[0] ?? '';
  return found.toSorted((a, b) => Number(b.text.toLowerCase().startsWith(first)) - Number(a.text.toLowerCase().startsWith(first)));
}

function words(text: string): readonly string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** What a command's keys are made of: one letter after the other, within a moment. */
export class KeySequence {
  private pressed: readonly string[] = [];
  private lastAt = 0;

  /** The command that is complete with this key. */
  press(key: string, at: number, commands: readonly Command[]): Command | undefined {
    const fresh = at - this.lastAt > 1_000;
    this.lastAt = at;
    this.pressed = fresh ? [key] : [...this.pressed, key];
    let found = commands.find((command) => same(command.keys, this.pressed));
    if (!found && !commands.some((command) => begins(command.keys, this.pressed))) {
      this.pressed = [key];
      found = commands.find((command) => same(command.keys, this.pressed));
    }
    if (found) this.pressed = [];
    return found;
  }
}

function begins(keys: readonly string[] | undefined, pressed: readonly string[]): boolean {
  return keys !== undefined && pressed.length < keys.length && pressed.every((key, index) => keys[index] === key);
}

function same(keys: readonly string[] | undefined, pressed: readonly string[]): boolean {
  return keys !== undefined && keys.length === pressed.length && pressed.every((key, index) => keys[index] === key);
}
