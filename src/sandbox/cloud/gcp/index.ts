/** A stand-in of Google Cloud: Compute v1, Vertex AI v1, Notebooks v2 and Kubernetes Engine v1 on one port. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Call, Fault, StandIn, StandInOptions } from '../types.ts';
import { computeRoutes, seedInstance } from './compute.ts';
import { containerRoutes, seedNodePool } from './container.ts';
import { notebookRoutes, seedNotebook } from './notebooks.ts';
import { denial, Refusal, refusalBody, throttle } from './refusal.ts';
import type { Route } from './route.ts';
import { createState, type State } from './state.ts';
import type { GcpResources, Json } from './types.ts';
import { seedCustomJob, seedEndpoint, vertexRoutes } from './vertex.ts';
import { vertexOperationRoutes } from './vertex-operations.ts';

export type { GcpResources } from './types.ts';

export interface GcpStandIn extends StandIn {
  /** The permission that each operation of the calls needs. */
  readonly permissions: Readonly<Record<string, string>>;
  /** Removes the resource whose name ends so, as somebody would who deletes it. */
  remove(name: string): void;
  /** A writing request by somebody else, which is not among the calls. Throws Error when it is refused. */
  byHand(path: string, body?: Json): void;
}

interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** Listens on 127.0.0.1 unless told otherwise. Credentials are not looked at. */
export async function createGcpStandIn(
  options: StandInOptions,
  resources: GcpResources,
): Promise<GcpStandIn> {
  const state = createState(options, resources);
  for (const seed of resources.instances ?? []) seedInstance(state, seed);
  for (const seed of resources.customJobs ?? []) seedCustomJob(state, seed);
  for (const seed of resources.endpoints ?? []) seedEndpoint(state, seed);
  for (const seed of resources.notebooks ?? []) seedNotebook(state, seed);
  for (const seed of resources.nodePools ?? []) seedNodePool(state, seed);
  const routes = [
    ...computeRoutes(state),
    ...vertexRoutes(state),
    ...vertexOperationRoutes(state),
    ...notebookRoutes(state),
    ...containerRoutes(state),
  ];
  const calls: Call[] = [];
  const faults: { fault: Fault; left: number }[] = [];

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const body = await bodyOf(request);
    const found = match(routes, request.method ?? 'GET', url.pathname);
    if (!found) return send(response, { status: 404, body: { error: { code: 404, message: 'Not Found' } } });
    const { route, at } = found;
    const target = decodeURIComponent(url.pathname.slice(url.pathname.indexOf('projects/')));
    const fault = take(faults, route);
    const done =
      fault === undefined || fault === 'lost' ? carryOut(state, found, url, body) : bad(fault, route, target);
    calls.push({
      at: options.now(),
      operation: route.operation,
      write: route.write,
      target: at.instance ?? at.pool ?? at.id ?? target,
      status: done.status,
    });
    if (fault === 'lost') return void response.destroy();
    send(response, done);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : options.port;

  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}`,
    calls,
    permissions: Object.fromEntries(routes.map(({ operation, permission }) => [operation, permission])),
    fail: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    snapshot() {
      state.settle();
      const running = [...state.operations.values()].filter(({ done, status }) => !done && status !== 'DONE');
      return structuredClone({
        ...Object.fromEntries(state.resources),
        operations: running.map(({ name }) => name),
      });
    },
    remove(name) {
      for (const key of state.resources.keys()) if (key.endsWith(`/${name}`)) state.resources.delete(key);
    },
    byHand(path, body = {}) {
      const url = new URL(path, 'http://stand-in');
      const found = match(routes, 'POST', url.pathname);
      const done = found && carryOut(state, found, url, body);
      if (done?.status !== 200) throw new Error(JSON.stringify(done?.body ?? `${path} is not known`));
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Found = { readonly route: Route; readonly at: Readonly<Record<string, string>> };

function match(routes: readonly Route[], method: string, path: string): Found | undefined {
  for (const route of routes) {
    const groups = route.method === method ? route.path.exec(path)?.groups : undefined;
    if (groups)
      return {
        route,
        at: Object.fromEntries(
          Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
        ),
      };
  }
  return undefined;
}

function carryOut(state: State, { route, at }: Found, url: URL, body: Json): Answer {
  state.settle();
  try {
    return { status: 200, body: structuredClone(route.answer({ at, query: url.searchParams, body })) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, body: refusalBody(route.api, error) };
  }
}

function take(faults: { fault: Fault; left: number }[], route: Route): Fault['kind'] | undefined {
  const hit = faults.find(
    ({ fault, left }) =>
      left > 0 && (fault.operation === undefined ? route.write : fault.operation === route.operation),
  );
  if (!hit) return undefined;
  hit.left--;
  return hit.fault.kind;
}

function bad(kind: Exclude<Fault['kind'], 'lost'>, { api, permission }: Route, target: string): Answer {
  switch (kind) {
    case 'denied':
      return denial(api, permission, target);
    case 'throttled':
      return throttle(api);
    case 'broken':
      return { status: 500, body: refusalBody(api, new Refusal(500, 'Internal error', 'INTERNAL')) };
  }
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Json);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
}
