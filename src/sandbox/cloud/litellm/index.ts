/** Stand-in for a LiteLLM proxy's key management: master key, keys with aliases, budgets, blocked or not. */
import { type RestAnswer, type RestRequest, serveRest } from '../rest-server.ts';
import type { StandIn, StandInOptions } from '../types.ts';

/** As the proxy's database keeps it. */
export interface LiteLlmKey {
  /** The hash, 64 hexadecimal digits. */
  readonly token: string;
  key_alias: string | null;
  team_id: string | null;
  blocked: boolean | null;
  spend: number;
  max_budget: number | null;
  budget_duration: string | null;
  budget_reset_at: string | null;
  expires: string | null;
  created_at: string;
  metadata: Record<string, unknown>;
}

export type LiteLlmKeySeed = Pick<LiteLlmKey, 'token'> & Partial<LiteLlmKey>;

export interface LiteLlmStandIn extends StandIn {
  /** By hash; may be changed from outside, as somebody at the proxy's own page would. */
  readonly keys: Map<string, LiteLlmKey>;
}

export interface LiteLlmSeed {
  readonly masterKey: string;
  /** Key of a user with the role proxy_admin_viewer. */
  readonly viewerKey?: string;
  readonly keys: readonly LiteLlmKeySeed[];
}

const DAY = 86_400_000;
const PAGE = 10;

export async function createLiteLlmStandIn(
  options: StandInOptions,
  seed: LiteLlmSeed,
): Promise<LiteLlmStandIn> {
  const keys = new Map(seed.keys.map((key) => [key.token, { ...empty(options.now()), ...key }]));
  const cloud = await serveRest(options, {
    authorise: ({ headers }) =>
      bearer(headers.authorization) === seed.masterKey ||
      (seed.viewerKey !== undefined && bearer(headers.authorization) === seed.viewerKey)
        ? undefined
        : failure(401, 'Authentication Error, Invalid proxy server token passed.', 'auth_error'),
    routes: [
      {
        route: 'GET /key/info',
        target: ({ query }) => query.get('key') ?? '',
        handle: ({ query }) => {
          const key = keys.get(query.get('key') ?? '');
          if (!key) return failure(404, 'Key not found in database', 'not_found_error', 'key');
          const { token, ...info } = key;
          return { status: 200, body: { key: token, info } };
        },
      },
      {
        route: 'GET /key/list',
        target: () => 'keys',
        handle: ({ query }) => list([...keys.values()], query),
      },
      ...(['block', 'unblock'] as const).map((verb) => ({
        route: `POST /key/${verb}`,
        target: keyOf,
        handle: (request: RestRequest) =>
          change(request, seed, keys, (key) => {
            key.blocked = verb === 'block';
          }),
      })),
      {
        route: 'POST /key/update',
        target: keyOf,
        handle: (request) =>
          change(request, seed, keys, (key) => {
            const { max_budget: budget, budget_duration: duration } = request.body;
            if (budget === null || typeof budget === 'number') key.max_budget = budget;
            if (duration === null || typeof duration === 'string') {
              key.budget_duration = duration;
              key.budget_reset_at = duration === null ? null : resetAt(request.now, duration);
            }
          }),
      },
    ],
    refuse: (kind, operation) => {
      switch (kind) {
        case 'denied':
          return onlyAdmins(operation.split(' ')[1] ?? operation);
        case 'throttled':
          return failure(429, 'Max parallel request limit reached', 'throttling_error');
        case 'broken':
          return failure(500, 'Internal Server Error', 'internal_server_error');
      }
    },
    unknown: { status: 404, body: { detail: 'Not Found' } },
    snapshot: () => Object.fromEntries([...keys].map(([token, key]) => [token, { ...key }])),
  });
  return { ...cloud, keys };
}

function empty(now: number): Omit<LiteLlmKey, 'token'> {
  return {
    key_alias: null,
    team_id: null,
    blocked: null,
    spend: 0,
    max_budget: null,
    budget_duration: null,
    budget_reset_at: null,
    expires: null,
    created_at: new Date(now - 30 * DAY).toISOString(),
    metadata: {},
  };
}

function change(
  request: RestRequest,
  { masterKey }: LiteLlmSeed,
  keys: ReadonlyMap<string, LiteLlmKey>,
  edit: (key: LiteLlmKey) => void,
): RestAnswer {
  if (bearer(request.headers.authorization) !== masterKey) return onlyAdmins('/key');
  const key = keys.get(keyOf(request));
  if (!key) return failure(404, `Key ${keyOf(request)} not found`, 'bad_request_error', 'key');
  edit(key);
  return { status: 200, body: { ...key } };
}

function list(keys: readonly LiteLlmKey[], query: URLSearchParams): RestAnswer {
  const alias = query.get('key_alias');
  const page = Number(query.get('page') ?? 1);
  const size = Number(query.get('size') ?? PAGE);
  const fitting = keys.filter((key) => alias === null || key.key_alias === alias);
  const shown = fitting.slice((page - 1) * size, page * size);
  return {
    status: 200,
    body: {
      keys: query.get('return_full_object') === 'true' ? shown : shown.map(({ token }) => token),
      total_count: fitting.length,
      current_page: page,
      total_pages: Math.ceil(fitting.length / size),
    },
  };
}

function keyOf({ body }: RestRequest): string {
  return typeof body.key === 'string' ? body.key : '';
}

function bearer(authorization: string | undefined): string {
  return authorization?.replace(/^Bearer /, '') ?? '';
}

function resetAt(now: number, duration: string): string {
  const days = Number(/^(\d+)d$/.exec(duration)?.[1] ?? 1);
  return new Date(now + days * DAY).toISOString();
}

function onlyAdmins(route: string): RestAnswer {
  return failure(
    403,
    `Only proxy admin can be used to generate, delete, update info for new keys/users/teams. Route=${route}. Your role=proxy_admin_viewer.`,
    'auth_error',
  );
}

function failure(status: number, message: string, type: string, param = 'None'): RestAnswer {
  return { status, body: { error: { message, type, param, code: String(status) } } };
}
