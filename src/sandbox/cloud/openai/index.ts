/** Stand-in for OpenAI's Admin API: projects with rate limits, a spend limit and keys. */
import { type RestAnswer, type RestRequest, type RestRoute, serveRest } from '../rest-server.ts';
import type { StandIn, StandInOptions } from '../types.ts';

export interface OpenAiRateLimit {
  readonly id: string;
  readonly model: string;
  max_requests_per_1_minute: number;
  max_tokens_per_1_minute: number;
}

export interface OpenAiKey {
  readonly id: string;
  readonly name: string;
  /** Absent: of a person. */
  readonly serviceAccount?: string;
  readonly owner?: string;
}

export interface OpenAiProject {
  readonly id: string;
  readonly name: string;
  status: 'active' | 'archived';
  readonly rateLimits: OpenAiRateLimit[];
  /** In cents. */
  spendLimit: number | null;
  readonly keys: OpenAiKey[];
}

export type OpenAiProjectSeed = Pick<OpenAiProject, 'id' | 'name'> & Partial<OpenAiProject>;

export interface OpenAiStandIn extends StandIn {
  /** By id; may be changed from outside. */
  readonly projects: Map<string, OpenAiProject>;
}

export interface OpenAiSeed {
  readonly adminKey: string;
  readonly projects: readonly OpenAiProjectSeed[];
}

const DAY = 86_400;
const ROOT = '/v1/organization/projects';
const ONE = `${ROOT}/{project}`;

export async function createOpenAiStandIn(options: StandInOptions, seed: OpenAiSeed): Promise<OpenAiStandIn> {
  const made = Math.floor(options.now() / 1000) - 90 * DAY;
  const projects = new Map(
    seed.projects.map((project): [string, OpenAiProject] => [
      project.id,
      {
        status: 'active',
        spendLimit: null,
        ...project,
        rateLimits: [...(project.rateLimits ?? [])],
        keys: [...(project.keys ?? [])],
      },
    ]),
  );
  /** A route of one project, which must be there. */
  const of = (
    route: string,
    handle: (project: OpenAiProject, request: RestRequest) => RestAnswer,
  ): RestRoute => ({
    route,
    target: ({ params }) => Object.values(params).join('/'),
    handle: (request) => {
      const project = projects.get(request.params.project ?? '');
      return project ? handle(project, request) : missing('project', request.params.project);
    },
  });
  const cloud = await serveRest(options, {
    authorise: ({ headers }) =>
      headers.authorization === `Bearer ${seed.adminKey}`
        ? undefined
        : failure(
            401,
            'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
            'invalid_api_key',
          ),
    routes: [
      {
        route: `GET ${ROOT}`,
        target: () => 'projects',
        handle: ({ query }) =>
          page(
            [...projects.values()].map((project) => shown(project, made)),
            query,
          ),
      },
      of(`GET ${ONE}`, (project) => ok(shown(project, made))),
      of(`GET ${ONE}/rate_limits`, (project, { query }) =>
        page(
          project.rateLimits.map((limit) => ({ object: 'project.rate_limit', ...limit })),
          query,
        ),
      ),
      of(`POST ${ONE}/rate_limits/{limit}`, setRateLimit),
      of(`GET ${ONE}/spend_limit`, (project) =>
        project.spendLimit === null ? missing('spend limit', project.id) : ok(spendLimit(project.spendLimit)),
      ),
      of(`POST ${ONE}/spend_limit`, (project, { body }) => {
        const { threshold_amount: amount, currency, interval } = body;
        if (!Number.isInteger(amount) || Number(amount) < 1 || currency !== 'USD' || interval !== 'month')
          return failure(400, "Invalid 'threshold_amount', 'currency' or 'interval'.", 'invalid_value');
        project.spendLimit = Number(amount);
        return ok(spendLimit(project.spendLimit));
      }),
      of(`DELETE ${ONE}/spend_limit`, (project) => {
        if (project.spendLimit === null) return missing('spend limit', project.id);
        project.spendLimit = null;
        return ok({ object: 'project.spend_limit.deleted', deleted: true });
      }),
      of(`GET ${ONE}/api_keys/{key}`, (project, { params }) => {
        const key = project.keys.find(({ id }) => id === params.key);
        return key ? ok(shownKey(key, made)) : missing('API key', params.key);
      }),
      of(`DELETE ${ONE}/api_keys/{key}`, (project, { params }) => {
        const at = project.keys.findIndex(({ id }) => id === params.key);
        if (at < 0) return missing('API key', params.key);
        if (project.keys[at]?.serviceAccount !== undefined)
          return failure(400, 'API keys of service accounts cannot be deleted.', 'invalid_request');
        project.keys.splice(at, 1);
        return ok({ object: 'organization.project.api_key.deleted', id: params.key, deleted: true });
      }),
    ],
    refuse: (kind, operation) => {
      switch (kind) {
        case 'denied': {
          const scope = operation.startsWith('GET ') ? 'api.management.read' : 'api.management.write';
          return failure(
            403,
            `You have insufficient permissions for this operation. Missing scopes: ${scope}. Check that you have the correct role in your organization, and if you're using a restricted API key, that it has the necessary scopes.`,
            'missing_scope',
          );
        }
        case 'throttled':
          return {
            ...failure(429, 'Rate limit reached for requests.', 'rate_limit_exceeded'),
            headers: { 'retry-after': '1' },
          };
        case 'broken':
          return failure(500, 'The server had an error while processing your request.', null, 'server_error');
      }
    },
    unknown: failure(404, 'Invalid URL', null),
    snapshot: () => structuredClone([...projects.values()]),
  });
  return { ...cloud, projects };
}

function setRateLimit(project: OpenAiProject, { params, body }: RestRequest): RestAnswer {
  const limit = project.rateLimits.find(({ id }) => id === params.limit);
  if (project.status === 'archived') return failure(400, 'Project is archived.', 'project_archived');
  if (!limit) return missing('rate limit', params.limit);
  const { max_requests_per_1_minute: requests } = body;
  if (!Number.isInteger(requests) || Number(requests) < 1)
    return failure(
      400,
      "Invalid 'max_requests_per_1_minute': expected a value >= 1.",
      'integer_below_min_value',
    );
  limit.max_requests_per_1_minute = Number(requests);
  return ok({ object: 'project.rate_limit', ...limit });
}

function shown({ id, name, status }: OpenAiProject, made: number) {
  return {
    id,
    object: 'organization.project',
    name,
    created_at: made,
    archived_at: status === 'archived' ? made + DAY : null,
    status,
  };
}

function shownKey({ id, name, serviceAccount, owner }: OpenAiKey, made: number) {
  return {
    object: 'organization.project.api_key',
    redacted_value: 'sk-proj-abc...def',
    name,
    created_at: made,
    last_used_at: made + 89 * DAY,
    id,
    owner:
      serviceAccount === undefined
        ? {
            type: 'user',
            user: {
              object: 'organization.project.user',
              id: 'user_abc',
              name: owner,
              email: owner,
              role: 'owner',
              added_at: made,
            },
          }
        : {
            type: 'service_account',
            service_account: { id: 'svc_acct_abc', name: serviceAccount, role: 'member', created_at: made },
          },
  };
}

function spendLimit(cents: number) {
  return {
    object: 'project.spend_limit',
    threshold_amount: cents,
    currency: 'USD',
    interval: 'month',
    enforcement: { status: cents <= 1 ? 'enforcing' : 'inactive' },
  };
}

function page(all: readonly { readonly id: string }[], query: URLSearchParams): RestAnswer {
  const after = query.get('after');
  const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const data = all.slice(start, start + Number(query.get('limit') ?? 20));
  return ok({
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + data.length < all.length,
  });
}

function ok(body: unknown): RestAnswer {
  return { status: 200, body };
}

function missing(what: string, id: string | undefined): RestAnswer {
  return failure(404, `No ${what} found with id '${id}'.`, 'not_found');
}

function failure(
  status: number,
  message: string,
  code: string | null,
  type = 'invalid_request_error',
): RestAnswer {
  return { status, body: { error: { message, type, param: null, code } } };
}
