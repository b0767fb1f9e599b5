// SPDX-License-Identifier: Apache-2.0
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CloseTerminal, endTerminal } from '../src/terminal/CloseTerminal';

describe('closing a terminal', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('names it, and says what is lost before it ends anything', () => {
    const asked = vi.fn();
    vi.stubGlobal('fetch', asked);
    const question = renderToStaticMarkup(createElement(CloseTerminal, { name: 'vim src/a.c', path: '/t/2', onDone: asked, onClose: asked }));
    expect(question).toContain('Close vim src/a.c?');
    expect(question).toContain('all that runs in it are stopped');
    expect(question).toContain('Nothing brings that back');
    expect(asked).not.toHaveBeenCalled();
  });

  it('is done where it was gone already, and told where it failed', async () => {
    const answers = (status: number) => vi.stubGlobal('fetch', async () => new Response(status === 204 ? null : '{}', { status }));
    answers(204);
    await endTerminal('/t/2');
    answers(404);
    await endTerminal('/t/2');
    answers(503);
    await expect(endTerminal('/t/2')).rejects.toThrow();
  });
});
