// SPDX-License-Identifier: Apache-2.0
// One PTY per WebSocket, bytes in both directions, permessage-deflate off. Prints its port.
// Flow control as node-pty's users do it: the PTY pauses while more than 1 MiB waits in the socket.
const { WebSocketServer } = require('ws');
const pty = require('node-pty');

const HIGH_WATER_BYTES = 1024 * 1024;

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false }, () => {
  console.log(server.address().port);
});

server.on('connection', (socket) => {
  const shell = pty.spawn('bash', ['--norc', '--noprofile'], { cols: 80, rows: 24, encoding: null });
  shell.onData((bytes) => {
    socket.send(bytes, { binary: true }, () => {
      if (socket.bufferedAmount < HIGH_WATER_BYTES / 2) shell.resume();
    });
    if (socket.bufferedAmount > HIGH_WATER_BYTES) shell.pause();
  });
  socket.on('message', (bytes) => shell.write(bytes));
  socket.on('close', () => shell.kill());
  shell.onExit(() => socket.close());
});
