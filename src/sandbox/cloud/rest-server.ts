/** Stand-ins of vendors with admin keys, as a table of routes: "POST /key/block", who may, what it does. */
import type { IncomingHttpHeaders } from 'node:http';
import { openStandIn, type WireAnswer, type WireRequest } from './http-stand-in.ts';
import type { FaultKind, StandIn, StandInOptions } from './types.ts';

export type RestAnswer = WireAnswer;

export interface RestRequest {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  /** Of the path, by the names in the route. */
  readonly params: Readonly<Record<string, string>>;
  /** An empty object when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly now: number;
}

export interface RestRoute {
  /** With {names} for parts of the path. */
  readonly route: string;
  /** What it is called in the log; absent: the route. */
  readonly operation?: (request: RestRequest) => string;
  /** Absent: whatever is no GET. */
  readonly writes?: (request: RestRequest) => boolean;
  readonly target: (request: RestRequest) => string;
  readonly handle: (request: RestRequest) => RestAnswer;
}

export interface RestCloud {
  readonly routes: readonly RestRoute[];
  /** Undefined when the key (or signature) is good. */
  readonly authorise: (request: RestRequest) => RestAnswer | undefined;
  /** In the vendor's own shape. */
  readonly refuse: (kind: Exclude<FaultKind, 'lost'>, operation: string) => RestAnswer;
  readonly unknown: RestAnswer;
  readonly snapshot: () => unknown;
}

/** Listens on this machine only, unless told otherwise. */
export async function serveRest(options: StandInOptions, cloud: RestCloud): Promise<StandIn> {
  const routes = cloud.routes.map((route) => ({ route, ...patternOf(route.route) }));
  const read = ({ headers, query, body }: WireRequest): RestRequest => ({
    headers,
    query,
    params: {},
    body: isRecord(body) ? body : {},
    now: options.now(),
  });
  return openStandIn(options, {
    find(wire) {
      const request = read(wire);
      if (cloud.authorise(request)) return undefined;
      for (const { route, method, path } of routes) {
        const match = wire.method === method ? path.exec(wire.path) : null;
        if (!match) continue;
        const asked = { ...request, params: decoded(match.groups ?? {}) };
        return {
          operation: route.operation?.(asked) ?? route.route,
          write: route.writes?.(asked) ?? method !== 'GET',
          target: route.target(asked),
          answer: () => route.handle(asked),
        };
      }
      return undefined;
    },
    unknown: (wire) => cloud.authorise(read(wire)) ?? cloud.unknown,
    refuse: (kind, { operation }) => cloud.refuse(kind, operation),
    snapshot: cloud.snapshot,
  });
}

function patternOf(route: string): { readonly method: string; readonly path: RegExp } {
  const [method = 'GET', path = '/'] = route.split(' ');
  return { method, path: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`) };
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
