// SPDX-License-Identifier: Apache-2.0

/** The rule that the server holds names of accounts to, said before it is asked. */
export function personNameRule(name: string): string | null {
  const value = name.trim();
  if (value === '') return 'Give a name.';
  if (value.length > 64) return 'At most 64 characters.';
  if (!/^[A-Za-z0-9]([A-Za-z0-9 ._@+-]*[A-Za-z0-9])?$/.test(value)) return 'Letters a to z, digits, and . _ @ + - or blanks between them.';
  return null;
}
