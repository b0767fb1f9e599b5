// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { Cross, Down, Up } from '../ui/icons';
import type { XtermScreen } from './screen';

export function SearchBar({ screen, onClose }: { screen: XtermScreen; onClose: () => void }) {
  const [term, setTerm] = useState('');
  const [missing, setMissing] = useState(false);
  const find = (backwards: boolean) => {
    if (term) setMissing(!(backwards ? screen.search.findPrevious(term) : screen.search.findNext(term)));
  };
  const close = () => {
    screen.search.clearDecorations();
    onClose();
    screen.terminal.focus();
  };
  return (
    <form
      className="searchbar"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        find(true);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <input
        aria-label="Search in this terminal"
        placeholder="Search"
        autoFocus
        value={term}
        data-testid="search-term"
        onChange={(event) => {
          setTerm(event.target.value);
          setMissing(false);
        }}
      />
      <span className="soft" role="status">
        {missing ? 'Not found' : ''}
      </span>
      <button type="button" className="button icon-only quiet" aria-label="Find earlier" onClick={() => find(true)}>
        <Up />
      </button>
      <button type="button" className="button icon-only quiet" aria-label="Find later" onClick={() => find(false)}>
        <Down />
      </button>
      <button type="button" className="button icon-only quiet" aria-label="Close search" onClick={close}>
        <Cross />
      </button>
    </form>
  );
}
