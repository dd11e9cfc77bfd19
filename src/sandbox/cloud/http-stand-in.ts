/** A stand-in that speaks JSON over HTTP: listens, logs calls, lets some go wrong; the vendor's part is handed in. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Call, Fault, FaultKind, StandIn, StandInOptions } from './types.ts';

export interface WireRequest {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed; undefined when there is none or it is no JSON. */
  readonly body: unknown;
}
export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
/** What a request is in the vendor's words, and how it is answered when nothing goes wrong. */
export interface WireCall {
  readonly operation: string;
  readonly write: boolean;
  readonly target: string;
  answer(): WireAnswer;
}
export interface Vendor {
  find(request: WireRequest): WireCall | undefined;
  /** For what it does not know; not logged as a call. */
  unknown(request: WireRequest): WireAnswer;
  refuse(kind: Exclude<FaultKind, 'lost'>, call: WireCall, request: WireRequest): WireAnswer;
  snapshot(): unknown;
}

const MOST_BYTES = 1_000_000;

/** Listens on 127.0.0.1 unless told otherwise. */
export async function openStandIn(options: StandInOptions, vendor: Vendor): Promise<StandIn> {
  const calls: Call[] = [];
  const faults: { fault: Fault; left: number }[] = [];

  const takeFault = ({ operation, write }: WireCall): FaultKind | undefined => {
    const hit = faults.find(
      ({ fault, left }) =>
        left > 0 && (fault.operation === undefined ? write : fault.operation === operation),
    );
    if (hit) hit.left--;
    return hit?.fault.kind;
  };
  /** Undefined when the answer is to be lost. */
  const respond = (request: WireRequest): WireAnswer | undefined => {
    const call = vendor.find(request);
    if (!call) return vendor.unknown(request);
    const { operation, write, target } = call;
    const fault = takeFault(call);
    const answer =
      fault === undefined || fault === 'lost' ? call.answer() : vendor.refuse(fault, call, request);
    calls.push({ at: options.now(), operation, write, target, status: answer.status });
    return fault === 'lost' ? undefined : answer;
  };

  const server = createServer((request, response) => {
    serve(request, response, respond).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : options.port;
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}`,
    calls,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    snapshot: () => structuredClone(vendor.snapshot()),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  respond: (request: WireRequest) => WireAnswer | undefined,
): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('too long');
  }
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const answer = respond({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: parse(Buffer.concat(chunks).toString('utf8')),
  });
  if (!answer) {
    request.socket.destroy();
    return;
  }
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
