/** A real HTTP server that keeps what it is sent, and answers as it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The call is taken, and the connection cut before the answer. */
  readonly lost?: boolean;
}

export interface Listening {
  readonly url: string;
  readonly heard: Heard[];
  answer: (call: Heard) => Answer;
  close(): Promise<void>;
}

export async function listening(answer: (call: Heard) => Answer): Promise<Listening> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const call = { path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text) };
    heard.push(call);
    const { status, body, headers, lost } = self.answer(call);
    if (lost) return request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const self: Listening = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    answer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return self;
}
