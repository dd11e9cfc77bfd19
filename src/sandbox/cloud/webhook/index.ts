/** Stand-in for a program behind a webhook: checks signatures, keeps leases that stop and start after a while. */
import { Webhook } from 'standardwebhooks';
import { type RestAnswer, type RestRequest, serveRest } from '../rest-server.ts';
import type { StandIn, StandInOptions } from '../types.ts';

export interface Lease {
  readonly id: string;
  state: 'running' | 'stopped';
  /** Until then it is on its way to `state`. */
  until: number;
  readonly reversible: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Why it must not be stopped. */
  refusal?: string;
}

export interface WebhookStandIn extends StandIn {
  /** By id; may be changed from outside. */
  readonly leases: Map<string, Lease>;
}

export interface WebhookSeed {
  /** "whsec_…" */
  readonly secret: string;
  readonly leases: readonly (Pick<Lease, 'id'> & Partial<Lease>)[];
}

const TOLERANCE = 300;

export async function createWebhookStandIn(
  options: StandInOptions,
  seed: WebhookSeed,
): Promise<WebhookStandIn> {
  const leases = new Map(
    seed.leases.map((lease): [string, Lease] => [
      lease.id,
      { state: 'running', until: 0, reversible: true, tags: {}, ...lease },
    ]),
  );
  /** Keys of what was done, so that nothing is done twice. */
  const done = new Set<string>();
  const signer = new Webhook(seed.secret);
  const cloud = await serveRest(options, {
    authorise: (request) =>
      isSigned(signer, request) ? undefined : { status: 401, body: { error: 'No matching signature found' } },
    routes: [
      {
        route: 'POST /',
        operation: ({ body }) => String(body.type),
        writes: ({ body }) => body.type === 'run' || body.type === 'undo',
        target: idOf,
        handle: (request) => handle(request, { leases, done, lag: options.lag }),
      },
    ],
    refuse: (kind, operation) => {
      switch (kind) {
        case 'denied':
          return { status: 403, body: { error: `${operation} is not allowed` } };
        case 'throttled':
          return { status: 429, body: { error: 'slow down' }, headers: { 'retry-after': '1' } };
        case 'broken':
          return { status: 500, body: { error: 'out of order' } };
      }
    },
    unknown: { status: 404, body: { error: 'not found' } },
    snapshot: () => structuredClone([...leases.values()]),
  });
  return { ...cloud, leases };
}

interface State {
  readonly leases: ReadonlyMap<string, Lease>;
  readonly done: Set<string>;
  readonly lag: number;
}

function handle(request: RestRequest, { leases, done, lag }: State): RestAnswer {
  const { body, now } = request;
  const lease = leases.get(idOf(request));
  const key = String(request.headers['webhook-id']);
  switch (body.type) {
    case 'plan':
      return { status: 200, body: planOf(lease) };
    case 'verify':
      return { status: 200, body: verifyOf(lease, body.of === 'undo' ? 'running' : 'stopped', now) };
    case 'run':
    case 'undo': {
      if (!lease) return { status: 404, body: { error: 'no such lease' } };
      if (done.has(key)) return { status: 200, body: {} };
      done.add(key);
      lease.state = body.type === 'run' ? 'stopped' : 'running';
      lease.until = now + lag;
      return { status: 202, body: {} };
    }
    default:
      return { status: 400, body: { error: 'unknown type' } };
  }
}

function planOf(lease: Lease | undefined) {
  if (!lease) return { effect: 'Nothing happens', refusal: 'There is no such lease' };
  return {
    state: lease.state,
    effect:
      lease.state === 'stopped'
        ? 'The lease has ended already'
        : 'The lease ends and its machine is given back',
    already: lease.state === 'stopped',
    reversible: lease.reversible,
    tags: lease.tags,
    calls: [`end lease ${lease.id}`],
    ...(lease.refusal !== undefined && { refusal: lease.refusal }),
    before: { state: lease.state },
  };
}

function verifyOf(lease: Lease | undefined, wanted: Lease['state'], now: number) {
  if (!lease) return { state: 'gone', outcome: 'elsewhere', said: 'The lease is gone' };
  if (lease.state !== wanted) return { state: lease.state, outcome: 'unchanged' };
  return now < lease.until
    ? { state: wanted === 'stopped' ? 'stopping' : 'starting', outcome: 'moving' }
    : { state: wanted, outcome: 'reached' };
}

function idOf({ body }: RestRequest): string {
  const resource = body.resource as { id?: unknown } | undefined;
  return typeof resource?.id === 'string' ? resource.id : '';
}

/** The library's own check reads this machine's clock; here the one handed in counts. */
function isSigned(signer: Webhook, { headers, body, now }: RestRequest): boolean {
  const [id, time, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  );
  const seconds = Number(time);
  if (!id || !Number.isInteger(seconds) || Math.abs(now / 1000 - seconds) > TOLERANCE) return false;
  // The text that came is compact JSON, so it can be made again; a real program takes the bytes it was sent.
  const text = JSON.stringify(body);
  return (signature ?? '').split(' ').includes(signer.sign(id, new Date(seconds * 1000), text));
}
