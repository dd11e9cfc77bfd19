/** An HTTP server that answers as a vendor's API does, with seeded trouble on the way. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRandom } from './random.ts';
import type { TruthCharge } from './truth.ts';

export interface StandInRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface StandInAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text or bytes as they are; anything else as JSON. */
  readonly body: unknown;
}

/** Trouble that a share of the requests meets, in the same order for the same seed. */
export interface Faults {
  /** 0 to 1. */
  readonly rate: number;
  readonly seed: number;
  readonly kinds?: readonly FaultKind[];
}
/** A hung request is never answered; only who asks for it meets it. */
export type FaultKind = 'throttled' | 'error500' | 'error503' | 'truncated' | 'dropped' | 'hung';
const ALL_KINDS: readonly FaultKind[] = ['throttled', 'error500', 'error503', 'truncated', 'dropped'];

/** What every vendor's stand-in gives to tests. */
export interface StandIn {
  readonly url: string;
  /** Environment that points the source at it, credentials included. */
  readonly variables: Readonly<Record<string, string>>;
  /** The source's options as written in pennywatch.yaml. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Every request that came, troubled ones included. */
  readonly requests: readonly StandInRequest[];
  /** What it bills from now on, in place of what it billed before. */
  bill(charges: readonly TruthCharge[]): void;
  trouble(faults: Faults | undefined): void;
  /** Refuses the credentials from now on (or takes them again), as the vendor does. */
  revoke(revoked: boolean): void;
  close(): Promise<void>;
}

export interface Vendor {
  answer(request: StandInRequest): StandInAnswer | Promise<StandInAnswer>;
  /** Body and headers of a throttled (429) or failed (500, 503) request. */
  refuse(status: number): StandInAnswer;
}

export interface StandInServer {
  readonly url: string;
  readonly requests: readonly StandInRequest[];
  trouble(faults: Faults | undefined): void;
  close(): Promise<void>;
}

/** Starts on a free port of 127.0.0.1 (or the one named). */
export async function startStandIn(vendor: Vendor, port = 0): Promise<StandInServer> {
  const requests: StandInRequest[] = [];
  let draw: (() => FaultKind | undefined) | undefined;
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request: StandInRequest = {
      method: incoming.method ?? 'GET',
      url: new URL(incoming.url ?? '/', 'http://stand-in'),
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    requests.push(request);
    const fault = draw?.();
    if (fault === 'hung') return;
    if (fault === 'dropped') return void incoming.socket.destroy();
    const status = { throttled: 429, error500: 500, error503: 503 }[fault as string];
    const answer = status ? { status, ...vendor.refuse(status) } : await vendor.answer(request);
    const { body } = answer;
    const bytes = Buffer.isBuffer(body)
      ? body
      : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    if (fault !== 'truncated' || bytes.length < 2) return void response.end(bytes);
    // The first half, and then the connection is gone.
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    trouble(faults) {
      if (!faults) {
        draw = undefined;
        return;
      }
      const random = createRandom(faults.seed);
      const kinds = faults.kinds ?? ALL_KINDS;
      draw = () => (random() < faults.rate ? kinds[Math.floor(random() * kinds.length)] : undefined);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
