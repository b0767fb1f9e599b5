// SPDX-License-Identifier: Apache-2.0
import { Dialog } from '../ui/Dialog';
import { counted, excerpt, sizeWords } from './excerpt';

interface LinkProps {
  link: { href: string; host: string } | null;
  text: string;
  onClose: () => void;
}

/** Programs in the sandbox write links; people open them, after seeing where they really lead. */
export function LinkDialog({ link, text, onClose }: LinkProps) {
  const open = () => {
    if (link) window.open(link.href, '_blank', 'noopener,noreferrer');
    onClose();
  };
  return (
    <Dialog title={link ? `Open ${link.host}?` : 'This link is not opened'} testId="link-dialog" onClose={onClose}>
      <p className="soft">
        {link ? 'A program in the terminal wrote this link. It leads to:' : 'Only plain http and https links are opened from a terminal. This one reads:'}
      </p>
      <pre className="shown-text" data-testid="link-url" tabIndex={0} aria-label="Address">
        {(link?.href ?? text).slice(0, 4096)}
      </pre>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onClose} data-focus>
          Stay here
        </button>
        {link && (
          <button type="button" className="button primary" onClick={open} data-testid="open-link">
            Open in a new tab
          </button>
        )}
      </footer>
    </Dialog>
  );
}

/** Without bracketed paste the shell runs each line the moment it arrives. */
export function PasteDialog({ text, onClose, onPaste }: { text: string; onClose: () => void; onPaste: () => void }) {
  const lines = text.trimEnd().split('\n').length;
  const { head, tail, left } = excerpt(text);
  return (
    <Dialog title={`Paste ${counted(lines, 'line')}?`} testId="paste-dialog" onClose={onClose}>
      <p className="soft">The program in this terminal does not mark pasted text, so each line may run at once.</p>
      <pre className="shown-text" tabIndex={0} aria-label="Text to paste">
        {head}
        {left > 0 && <span className="left-out">{`\n… ${counted(left, 'character')} not shown here …\n`}</span>}
        {tail}
      </pre>
      <p className="soft" data-testid="paste-size">{sizeWords(text)}</p>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          className="button primary"
          data-focus
          data-testid="confirm-paste"
          onClick={() => {
            onPaste();
            onClose();
          }}
        >
          Paste
        </button>
      </footer>
    </Dialog>
  );
}
