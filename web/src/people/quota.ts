// SPDX-License-Identifier: Apache-2.0

const GIB = 2 ** 30;

/** Bytes as gibibytes, with no more places than it takes. */
export function toGib(bytes: number): string {
  return String(Number((bytes / GIB).toFixed(3)));
}

/** Null for what is no amount of gibibytes. */
export function fromGib(text: string): number | null {
  if (!/^\d{1,7}([.,]\d{1,3})?$/.test(text.trim())) return null;
  return Math.round(Number(text.trim().replace(',', '.')) * GIB);
}

/** Null for what is no whole number up to the most. */
export function wholeNumber(text: string, most: number): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null;
  const value = Number(text.trim());
  return value <= most ? value : null;
}
