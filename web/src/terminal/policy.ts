// SPDX-License-Identifier: Apache-2.0
// xterm.js makes style elements and writes style attributes. The page's policy admits neither without
// this response's nonce, so both are turned into forms it does admit. Called once, before any terminal.

let applied = false;

export function admitTerminalStyles(): void {
  if (applied) return;
  applied = true;
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (nonce && name === 'style') element.setAttribute('nonce', nonce);
    return element;
  }) as typeof document.createElement;
  styleAttributesAsProperties();
}

/** Setting `style.cssText` does what the attribute does, and is not an inline style to the policy. */
function styleAttributesAsProperties(): void {
  const plain = Element.prototype.setAttribute;
  HTMLSpanElement.prototype.setAttribute = function (this: HTMLElement, name: string, value: string) {
    if (name === 'style') this.style.cssText = value;
    else plain.call(this, name, value);
  };
}
