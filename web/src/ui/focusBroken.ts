// SPDX-License-Identifier: Apache-2.0

/** Brings somebody to the first field that has to be put right, once the page shows which one that is. */
export function focusBroken(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
