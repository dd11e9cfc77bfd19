/** The little of the WebSocket protocol (RFC 6455) that a stream in one direction needs. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const CLOSE = 0x8;

/** Takes the upgrade and gives a sender of texts; the socket ends when the browser closes it. */
export function acceptStream(request: IncomingMessage, socket: Duplex): (text: string) => void {
  const key = String(request.headers['sec-websocket-key'] ?? '');
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  socket.write(
    ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
      .concat(`Sec-WebSocket-Accept: ${accept}`, '', '')
      .join('\r\n'),
  );
  socket.on('data', (bytes: Buffer) => {
    if (((bytes[0] ?? 0) & 0xf) === CLOSE) socket.end();
  });
  return (text) => {
    if (socket.writable) socket.write(textFrame(text));
  };
}

/** One unmasked text frame (section 5.2). */
export function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81]), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 126) return Buffer.from([length]);
  if (length < 65_536) {
    const bytes = Buffer.alloc(3);
    bytes.writeUInt8(126);
    bytes.writeUInt16BE(length, 1);
    return bytes;
  }
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(127);
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}
