/** Stands between a process and the provider: every request passes here, and some let the process die. */
import {
  Agent,
  request as ask,
  createServer,
  type IncomingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ledger } from './ledger.ts';
import type { RequestPoint } from './words.ts';

export interface Gate {
  readonly url: string;
  /** The next k-th request calls `kill`, which resolves when the process is dead. */
  arm(point: RequestPoint, kill: () => Promise<void>): void;
  disarm(): void;
  /** A request that a dead process sent arrives now, if it has not yet. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Passing {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export async function openGate(target: string, ledger: Ledger): Promise<Gate> {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(target);
  let armed: { point: RequestPoint; kill: () => Promise<void>; seen: number } | undefined;
  let late: { request: Passing; left: number } | undefined;

  const send = async (request: Passing): Promise<Answer> => {
    const operation = operationOf(request);
    if (!isWrite(operation)) return forward(request, { hostname, port, agent });
    let answer: Answer | undefined;
    await ledger.watch(operation, async () => {
      answer = await forward(request, { hostname, port, agent });
    });
    if (!answer) throw new Error('nothing was answered');
    return answer;
  };
  const arrive = async () => {
    const held = late;
    late = undefined;
    // Whoever asked is dead: nobody wants the answer, be it a lost one.
    if (held) await send(held.request).catch(() => undefined);
  };
  const pass = async (request: Passing, response: ServerResponse) => {
    const current = armed;
    const counts = current && (current.point.among === 'all' || isWrite(operationOf(request)));
    if (counts) current.seen += 1;
    if (counts && current.seen === current.point.k) {
      armed = undefined;
      if (current.point.kind === 'after') await send(request).catch(() => undefined);
      await current.kill();
      if (current.point.kind === 'late') late = { request, left: current.point.behind };
      response.destroy();
      return;
    }
    if (late && late.left === 0) await arrive();
    else if (late) late.left -= 1;
    const { status, headers, body } = await send(request);
    response.writeHead(status, headers).end(body);
  };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = 'GET', url = '/', headers } = incoming;
      pass({ method, url, headers, body: Buffer.concat(chunks) }, response).catch(() => response.destroy());
    });
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arm(point, kill) {
      armed = { point, kill, seen: 0 };
    },
    disarm() {
      armed = undefined;
    },
    flush: arrive,
    close: () =>
      new Promise((closed) => {
        agent.destroy();
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function forward(
  { method, url, headers, body }: Passing,
  { hostname, port, agent }: { hostname: string; port: string; agent: Agent },
): Promise<Answer> {
  return new Promise((done, failed) => {
    const request = ask({ hostname, port, agent, method, path: url, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () =>
        done({ status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', failed);
    request.end(body);
  });
}

/** Of JSON services in a header, of the others in the form. */
function operationOf({ headers, body }: Passing): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? '';
  return /(?:^|&)Action=(\w+)/.exec(body.toString('utf8'))?.[1] ?? '';
}

function isWrite(operation: string): boolean {
  return !/^(Describe|List|Get)/.test(operation);
}
