// SPDX-License-Identifier: Apache-2.0
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { prerender } from 'react-dom/static';
import { describe, expect, it } from 'vitest';
import { Boundary } from '../src/ui/Boundary';
import { later, NotLoaded } from '../src/ui/later';

const shown = (node: ReactNode) => renderToStaticMarkup(node);
const words = async (part: ReactNode) => new Response((await prerender(part, { onError: () => {} })).prelude).text();

/** As React does with what a part below it throws: first the state, after that what is to be done about it. */
function caught(error: unknown, around?: (message: ReactNode) => ReactNode): Boundary {
  const boundary = new Boundary({ children: 'the part', ...(around ? { around } : {}) });
  boundary.state = Boundary.getDerivedStateFromError(error);
  boundary.componentDidCatch(error);
  return boundary;
}

describe('a part of the page that is loaded later', () => {
  it('fails as often as it is shown until it is forgotten, and then is asked for anew', async () => {
    let asked = 0;
    const Part = later<object>(async () => {
      asked += 1;
      if (asked === 1) throw new TypeError('Failed to fetch dynamically imported module');
      return { default: () => 'the part' };
    });
    const failure = await words(createElement(Part)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotLoaded);
    await expect(words(createElement(Part))).rejects.toBe(failure);
    expect(asked).toBe(1);
    caught(failure);
    expect(await words(createElement(Part))).toContain('the part');
    expect(asked).toBe(2);
  });
});

describe('what keeps a failure to its part', () => {
  it('shows the part as long as nothing fails', () => {
    expect(shown(createElement(Boundary, { children: 'the part' }))).toBe('the part');
  });

  it('says what to do about a file that was not there', () => {
    const text = shown(caught(new NotLoaded(() => {}, null)).render());
    expect(text).toContain('did not load');
    expect(text).toContain('offline');
    expect(text).toContain('Try again');
    expect(text).toContain('Reload the page');
  });

  it('blames no network for a fault of its own', () => {
    const text = shown(caught(new TypeError('x is undefined')).render());
    expect(text).toContain('This part of the page failed');
    expect(text).not.toContain('offline');
  });

  it('puts its words where they belong', () => {
    expect(shown(caught(new Error(), (message) => createElement('main', null, message)).render())).toMatch(/^<main>.*Try again.*<\/main>$/);
  });
});
