/** Socket Mode, over a real WebSocket to a small stand-in: chosen by the app token, acknowledged first, answered the same. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlack } from '../../../src/chat/slack/index.ts';
import type { Interaction } from '../../../src/chat/types.ts';
import { text } from '../../../src/view/elements.ts';
import { visible } from './block-kit.ts';
import { commandPayload } from './payloads.ts';
import { PNG, recordingLog, type SlackStandIn, startSlackStandIn } from './slack-stand-in.ts';

let slack: SlackStandIn;
let socket: SocketStandIn;
beforeEach(async () => {
  slack = await startSlackStandIn();
  socket = await startSocketStandIn();
  slack.on('apps.connections.open', () => ({ body: { ok: true, url: socket.url } }));
});
afterEach(async () => {
  await socket.close();
  await slack.close();
});

describe('Socket Mode', () => {
  it('acknowledges a command, then answers it; no HTTP path is offered', async () => {
    const asked: Interaction[] = [];
    const { logger, entries } = recordingLog();
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    const platform = createSlack(
      { botToken: 'xoxb-1', appToken: 'xapp-1-A', signingSecret: 'unused', apiUrl: slack.apiUrl },
      {
        dispatch: async (interaction) => {
          asked.push(interaction);
          await held;
          return [
            { kind: 'private', view: { elements: [{ kind: 'text', spans: [text('bert: $12,480')] }] } },
          ];
        },
        drawChart: async () => PNG,
        log: logger,
      },
    );
    expect(platform.http).toBeUndefined();
    await platform.start();
    expect(slack.of('apps.connections.open')[0]?.headers.authorization).toBe('Bearer xapp-1-A');

    socket.send({
      envelope_id: 'e-1',
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: commandPayload(slack, 'model bert'),
    });
    expect(await socket.received()).toMatchObject({ envelope_id: 'e-1' });
    expect(slack.of('response_url')).toEqual([]);
    release();
    expect(visible((await slack.seen('response_url')).args.blocks)).toBe('bert: $12,480');
    expect(asked).toMatchObject([{ kind: 'command', text: 'model bert', conversation: { channel: 'C1' } }]);
    expect(await platform.check()).toMatchObject({
      ok: true,
      detail: expect.stringContaining('Socket Mode'),
    });
    await platform.stop();
    expect(JSON.stringify(entries)).not.toContain('xapp-1');
  });
});

interface SocketStandIn {
  readonly url: string;
  send(message: unknown): void;
  /** The next text message from the app. */
  received(): Promise<unknown>;
  close(): Promise<void>;
}

/** The server side of RFC 6455, as much as one short JSON conversation needs. */
async function startSocketStandIn(): Promise<SocketStandIn> {
  const server: Server = createServer();
  const sockets: Socket[] = [];
  const arrived: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];

  server.on('upgrade', (request, stream) => {
    const peer = stream as Socket;
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    peer.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.push(peer);
    let buffer = Buffer.alloc(0);
    peer.on('data', (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let read = readFrame(buffer); read; read = readFrame(buffer)) {
        buffer = buffer.subarray(read.size);
        if (read.opcode === 1) deliver(JSON.parse(read.payload.toString()));
        if (read.opcode === 8) peer.end(frame(8, read.payload));
        if (read.opcode === 9) peer.write(frame(10, read.payload));
      }
    });
    peer.on('error', () => peer.destroy());
    peer.write(
      frame(
        1,
        Buffer.from(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } })),
      ),
    );
  });

  function deliver(message: unknown): void {
    const next = waiting.shift();
    if (next) next(message);
    else arrived.push(message);
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link`,
    send: (message) => void sockets.at(-1)?.write(frame(1, Buffer.from(JSON.stringify(message)))),
    received: () =>
      arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((done) => void waiting.push(done)),
    close: () =>
      new Promise((done) => {
        for (const peer of sockets) peer.destroy();
        server.close(() => done());
      }),
  };
}

function frame(opcode: number, payload: Buffer): Buffer {
  const head =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, payload.length])
      : Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

/** One whole frame from a client (always masked), or undefined while more bytes are needed. */
function readFrame(buffer: Buffer): { opcode: number; payload: Buffer; size: number } | undefined {
  if (buffer.length < 6) return undefined;
  const short = (buffer[1] ?? 0) & 0x7f;
  const start = short === 126 ? 4 : 2;
  const length = short === 126 ? buffer.readUInt16BE(2) : short;
  const size = start + 4 + length;
  if (buffer.length < size) return undefined;
  const mask = buffer.subarray(start, start + 4);
  const payload = Buffer.from(
    buffer.subarray(start + 4, size).map((byte, index) => byte ^ (mask[index % 4] ?? 0)),
  );
  return { opcode: (buffer[0] ?? 0) & 0x0f, payload, size };
}
