// SPDX-License-Identifier: Apache-2.0
// A stand-in for a terminal in a sandbox: keeps all output by offset and speaks coffer.terminal.v1.

const u8 = (text) => Buffer.from(text, 'utf8');
const NOTHING = 0xffff_ffff_ffff_ffffn;
const PROMPT = '\x1b[38;2;120;200;180mowner\x1b[0m:\x1b[38;2;130;170;240m/workspace\x1b[0m$ ';

const COMMANDS = {
  help: () => 'colours, wide, links, seq N, query, title, freeze, clip, bracket, exit [code]',
  colours: () => Array.from({ length: 60 }, (_, i) => `\x1b[48;2;${i * 4};${120 - i};${200 - i * 2}m `).join('') + '\x1b[0m',
  wide: () => '日本語 한국어 👩‍👩‍👧 🇩🇪 e\u0301 ┌─┐│└┘',
  links: () => 'https://example.org/plain and \x1b]8;;https://example.com/hidden\x07a hidden one\x1b]8;;\x07 and \x1b]8;;file:///etc/passwd\x07a file\x1b]8;;\x07',
  seq: (n) => Array.from({ length: Math.min(Number(n) || 10, 100_000) }, (_, i) => `line ${i + 1}`).join('\r\n'),
  query: () => '\x1b[c\x1b[6n\x1b]10;?\x07\x1b[21t',
  title: () => '\x1b]0;a \u202etitle\x07set',
  freeze: () => 'A\x1b[2147483647b still alive',
  clip: () => '\x1b]52;c;?\x07\x1b]52;c;aGFja2Vk\x07asked',
  bracket: () => '\x1b[?2004hbracketed paste on',
};

export class MockTerminal {
  constructor(id, idle) {
    Object.assign(this, { id, idle, log: Buffer.alloc(0), views: new Set(), line: '', cols: 80, rows: 24, running: true });
    this.print(`Welcome to the mock shell; \x1b[1mhelp\x1b[0m lists what it knows.\r\n${PROMPT}`);
  }

  print(text) {
    const offset = BigInt(this.log.length);
    const bytes = u8(text);
    this.log = Buffer.concat([this.log, bytes]);
    for (const view of this.views) this.output(view, offset, bytes);
  }

  output(view, offset, bytes) {
    for (let at = 0; at < bytes.length; at += 32768) {
      const head = Buffer.alloc(9);
      head[0] = 0x81;
      head.writeBigUInt64BE(offset + BigInt(at), 1);
      view.send(Buffer.concat([head, bytes.subarray(at, at + 32768)]));
    }
  }

  attach(view) {
    view.on('message', (message) => this.take(view, message));
    view.on('close', () => this.views.delete(view));
  }

  take(view, message) {
    if (message[0] === 0x06) this.attached(view, message.readBigUInt64BE(1));
    if (message[0] === 0x01) {
      this.idle.reset();
      for (const char of message.subarray(1).toString('utf8')) this.key(char);
    }
    if (message[0] === 0x04) this.idle.reset();
    if (message[0] === 0x05) {
      const pong = Buffer.from(message);
      pong[0] = 0x86;
      view.send(pong);
    }
    if (message[0] === 0x02) [this.cols, this.rows] = [message.readUInt16BE(1), message.readUInt16BE(3)];
  }

  attached(view, offset) {
    const head = Buffer.alloc(21);
    head[0] = 0x83;
    head.writeBigUInt64BE(BigInt(this.log.length), 9);
    head.writeUInt16BE(this.cols, 17);
    head.writeUInt16BE(this.rows, 19);
    view.send(head);
    this.views.add(view);
    const from = offset === NOTHING ? 0 : Number(offset);
    this.output(view, BigInt(from), this.log.subarray(from));
    view.send(this.idle.frame());
  }

  key(char) {
    if (char === '\r' || char === '\n') return this.enter();
    if (char === '\x7f') return this.line && ((this.line = this.line.slice(0, -1)), this.print('\b \b'));
    if (char === '\x03') return (this.line = ''), this.print(`^C\r\n${PROMPT}`);
    this.line += char;
    this.print(char < ' ' || char === '\x1b' ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}` : char);
  }

  enter() {
    const [name, arg] = this.line.trim().split(/\s+/);
    this.line = '';
    if (name === 'exit') return this.exit(Number(arg) || 0);
    const run = COMMANDS[name];
    this.print(`\r\n${name ? `${run ? run(arg) : `${name}: not known here`}\r\n` : ''}${PROMPT}`);
  }

  exit(code) {
    this.running = false;
    const frame = Buffer.alloc(5);
    frame[0] = 0x84;
    frame.writeInt32BE(code, 1);
    for (const view of this.views) {
      view.send(frame);
      view.close(1000);
    }
  }

  close(code, reason) {
    for (const view of this.views) view.close(code, reason);
  }
}
