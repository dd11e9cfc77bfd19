/** Stand-in for Anthropic's Admin API: workspaces, keys and, where the organization has them, spend limits. */
import { type RestAnswer, type RestRequest, type RestRoute, serveRest } from '../rest-server.ts';
import type { StandIn, StandInOptions } from '../types.ts';

export interface AnthropicKey {
  readonly id: string;
  readonly name: string;
  readonly workspace: string;
  status: 'active' | 'inactive' | 'archived' | 'expired';
}

export interface AnthropicWorkspace {
  readonly id: string;
  readonly name: string;
  archivedAt: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Monthly, in cents as text. */
  limit: { readonly id: string; readonly amount: string } | null;
}

export interface AnthropicStandIn extends StandIn {
  /** By id; may be changed from outside. */
  readonly keys: Map<string, AnthropicKey>;
  readonly workspaces: Map<string, AnthropicWorkspace>;
  /** Whether the organization has early access to setting spend limits. */
  readonly early: { access: boolean };
}

export interface AnthropicSeed {
  readonly adminKey: string;
  readonly workspaces: readonly (Pick<AnthropicWorkspace, 'id' | 'name'> & Partial<AnthropicWorkspace>)[];
  readonly keys: readonly (Omit<AnthropicKey, 'status'> & Partial<AnthropicKey>)[];
  /** Absent: no. */
  readonly earlyAccess?: boolean;
}

const ROOT = '/v1/organizations';
const DAY = 86_400_000;

export async function createAnthropicStandIn(
  options: StandInOptions,
  seed: AnthropicSeed,
): Promise<AnthropicStandIn> {
  const made = new Date(options.now() - 90 * DAY).toISOString();
  const early = { access: seed.earlyAccess ?? false };
  const keys = new Map(
    seed.keys.map((key): [string, AnthropicKey] => [key.id, { status: 'active', ...key }]),
  );
  const workspaces = new Map(
    seed.workspaces.map((one): [string, AnthropicWorkspace] => [
      one.id,
      { archivedAt: null, tags: {}, limit: null, ...one },
    ]),
  );
  const limits = limitRoutes(workspaces, early, made);
  const cloud = await serveRest(options, {
    authorise: ({ headers }) => {
      if (headers['x-api-key'] !== seed.adminKey)
        return failure(401, 'invalid x-api-key', 'authentication_error');
      return headers['anthropic-version'] === undefined
        ? failure(400, 'anthropic-version: header is required', 'invalid_request_error')
        : undefined;
    },
    routes: [
      {
        route: `GET ${ROOT}/workspaces/{workspace_id}`,
        target: ({ params }) => params.workspace_id ?? '',
        handle: ({ params }) => {
          const found = workspaces.get(params.workspace_id ?? '');
          return found ? ok(shown(found, made)) : missing();
        },
      },
      {
        route: `GET ${ROOT}/api_keys`,
        target: ({ query }) => query.get('workspace_id') ?? 'keys',
        handle: ({ query }) =>
          page(
            [...keys.values()].map((key) => shownKey(key, made)),
            query,
          ),
      },
      {
        route: `GET ${ROOT}/api_keys/{api_key_id}`,
        target: ({ params }) => params.api_key_id ?? '',
        handle: ({ params }) => {
          const key = keys.get(params.api_key_id ?? '');
          return key ? ok(shownKey(key, made)) : missing();
        },
      },
      {
        route: `POST ${ROOT}/api_keys/{api_key_id}`,
        target: ({ params }) => params.api_key_id ?? '',
        handle: (request) => setStatus(keys, request, made),
      },
      ...limits,
    ],
    refuse: (kind) => {
      switch (kind) {
        case 'denied':
          return failure(
            403,
            'Your API key does not have permission to use the specified resource.',
            'permission_error',
          );
        case 'throttled':
          return {
            ...failure(429, 'This request would exceed your rate limit.', 'rate_limit_error'),
            headers: { 'retry-after': '1' },
          };
        case 'broken':
          return failure(500, 'Internal server error', 'api_error');
      }
    },
    unknown: missing(),
    snapshot: () => structuredClone({ keys: [...keys.values()], workspaces: [...workspaces.values()] }),
  });
  return { ...cloud, keys, workspaces, early };
}

function setStatus(
  keys: ReadonlyMap<string, AnthropicKey>,
  { params, body }: RestRequest,
  made: string,
): RestAnswer {
  const key = keys.get(params.api_key_id ?? '');
  if (!key) return missing();
  const { status } = body;
  if (status !== 'active' && status !== 'inactive' && status !== 'archived')
    return failure(
      400,
      "status: Input should be 'active', 'inactive' or 'archived'",
      'invalid_request_error',
    );
  if (key.status === 'archived' || key.status === 'expired')
    return failure(400, `API key is ${key.status}.`, 'invalid_request_error');
  key.status = status;
  return ok(shownKey(key, made));
}

function limitRoutes(
  workspaces: ReadonlyMap<string, AnthropicWorkspace>,
  early: { readonly access: boolean },
  made: string,
): RestRoute[] {
  const shownLimit = ({ id, limit }: AnthropicWorkspace) => ({
    type: 'spend_limit',
    id: limit?.id,
    amount: limit?.amount ?? null,
    currency: 'USD',
    period: 'monthly',
    is_enabled: true,
    scope: { type: 'workspace', workspace_id: id },
    created_at: made,
    updated_at: made,
  });
  const guarded = (handle: RestRoute['handle']): RestRoute['handle'] => {
    const refused = failure(
      403,
      'This organization cannot manage spend limits through the Admin API.',
      'permission_error',
      {
        error_code: 'spend_limits_admin_api_writes_not_enabled',
      },
    );
    return (request) => (early.access ? handle(request) : refused);
  };
  return [
    {
      route: `GET ${ROOT}/spend_limits`,
      target: ({ query }) => query.get('workspace_id') ?? 'limits',
      handle: guarded(({ query, headers }) => {
        if (!headers['anthropic-beta']?.includes('spend-limit-reads-2026-09-26'))
          return failure(400, 'This endpoint is in beta.', 'invalid_request_error');
        const found = workspaces.get(query.get('workspace_id') ?? '');
        return ok({ data: found?.limit ? [shownLimit(found)] : [], next_page: null });
      }),
    },
    {
      route: `POST ${ROOT}/spend_limits`,
      target: ({ body }) => workspaceOf(body),
      handle: guarded(({ body }) => {
        const found = workspaces.get(workspaceOf(body));
        if (!found || found.archivedAt) return missing();
        const { amount, period } = body;
        if (typeof amount !== 'string' || !/^\d+$/.test(amount) || period !== 'monthly')
          return failure(
            400,
            'amount: a workspace limit is monthly and carries an amount',
            'invalid_request_error',
          );
        found.limit = { id: found.limit?.id ?? `spl_${found.id}`, amount };
        return ok(shownLimit(found));
      }),
    },
    {
      route: `DELETE ${ROOT}/spend_limits/{spend_limit_id}`,
      target: ({ params }) => params.spend_limit_id ?? '',
      handle: guarded(({ params }) => {
        const found = [...workspaces.values()].find(({ limit }) => limit?.id === params.spend_limit_id);
        if (!found) return missing();
        found.limit = null;
        return ok({ id: params.spend_limit_id, type: 'spend_limit_deleted' });
      }),
    },
  ];
}

function workspaceOf(body: RestRequest['body']): string {
  const scope = body.scope as { type?: unknown; workspace_id?: unknown } | undefined;
  return scope?.type === 'workspace' && typeof scope.workspace_id === 'string' ? scope.workspace_id : '';
}

function shown({ id, name, archivedAt, tags }: AnthropicWorkspace, made: string) {
  return {
    id,
    type: 'workspace',
    name,
    created_at: made,
    archived_at: archivedAt,
    display_color: '#6C5BB9',
    tags,
  };
}

function shownKey({ id, name, workspace, status }: AnthropicKey, made: string) {
  return {
    id,
    type: 'api_key',
    name,
    created_at: made,
    created_by: { id: 'user_abc', type: 'user' },
    expires_at: null,
    partial_key_hint: 'sk-ant-api03-R2D...igAA',
    scope: { type: 'workspace', workspace_id: workspace },
    status,
    workspace_id: workspace,
  };
}

function page(all: readonly ReturnType<typeof shownKey>[], query: URLSearchParams): RestAnswer {
  const [workspace, status, after] = ['workspace_id', 'status', 'after_id'].map((name) => query.get(name));
  const fitting = all.filter(
    (key) => (!workspace || key.workspace_id === workspace) && (!status || key.status === status),
  );
  const start = after ? fitting.findIndex(({ id }) => id === after) + 1 : 0;
  const data = fitting.slice(start, start + Number(query.get('limit') ?? 20));
  return ok({
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + data.length < fitting.length,
  });
}

function ok(body: unknown): RestAnswer {
  return { status: 200, body };
}

function missing(): RestAnswer {
  return failure(404, 'The requested resource could not be found.', 'not_found_error');
}

function failure(status: number, message: string, type: string, details?: unknown): RestAnswer {
  return {
    status,
    body: {
      type: 'error',
      error: { type, message, ...(details !== undefined && { details }) },
      request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy',
    },
  };
}
