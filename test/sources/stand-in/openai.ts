/** OpenAI's organization API as documented: costs, usage, projects, and its refusals. */
import { dayToMs, msToDay } from '../../../src/core/day.ts';
import { addDecimals } from '../../../src/core/decimal.ts';
import { addCounts, dayPage, groupRows } from './day-pages.ts';
import { costRows, projectsOf, usageRows } from './openai-rows.ts';
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts';
import type { TruthCharge } from './truth.ts';

const KEY = 'sk-admin-standInKeyOfOpenAi0123456789';
const SPAN = ['start_time', 'end_time', 'bucket_width', 'limit', 'page', 'group_by'];
const COST_GROUPS = ['project_id', 'line_item'];
const USAGE_GROUPS: Readonly<Record<string, readonly string[]>> = {
  completions: ['project_id', 'user_id', 'api_key_id', 'model', 'batch', 'service_tier'],
  embeddings: ['project_id', 'user_id', 'api_key_id', 'model'],
  moderations: ['project_id', 'user_id', 'api_key_id', 'model'],
  images: ['project_id', 'user_id', 'api_key_id', 'model', 'size', 'source'],
  audio_speeches: ['project_id', 'user_id', 'api_key_id', 'model'],
  audio_transcriptions: ['project_id', 'user_id', 'api_key_id', 'model'],
};

export interface OpenAiStandIn extends StandIn {
  /** Answers 403 below these paths, as a key without the scope gets it. */
  forbid(...paths: readonly string[]): void;
  /** Costs of these days are late: their buckets are empty. */
  withholdCosts(...days: readonly string[]): void;
}

export async function startOpenai(options: { port?: number } = {}): Promise<OpenAiStandIn> {
  let charges: readonly TruthCharge[] = [];
  let revoked = false;
  let forbidden: readonly string[] = [];
  let withheld: readonly string[] = [];
  const billed = () => charges.filter(({ day }) => !withheld.includes(day));
  const server = await startStandIn(
    {
      answer(request) {
        const { pathname, searchParams } = request.url;
        if (revoked || request.headers.authorization !== `Bearer ${KEY}`) return unauthorised(request);
        if (forbidden.some((path) => pathname.startsWith(path))) return missingScope(pathname);
        if (request.method !== 'GET')
          return invalid(`Not allowed to ${request.method} on ${pathname}.`, null, 405);
        if (pathname === '/v1/organization/projects') return projects(charges, searchParams);
        if (pathname === '/v1/organization/costs') return costs(billed(), searchParams);
        const kind = /^\/v1\/organization\/usage\/(\w+)$/.exec(pathname)?.[1] ?? '';
        const groups = USAGE_GROUPS[kind];
        return groups
          ? usage(charges, kind, { groups, query: searchParams })
          : invalid(`Invalid URL (GET ${pathname})`, null, 404);
      },
      refuse: (status) =>
        status === 429
          ? {
              headers: { 'retry-after': '1' },
              body: error('Rate limit reached for requests', 'requests', null, 'rate_limit_exceeded'),
            }
          : {
              body: error(
                'The server had an error while processing your request.',
                'server_error',
                null,
                null,
              ),
            },
    },
    options.port,
  );
  return {
    ...server,
    variables: { OPENAI_ADMIN_KEY: KEY, OPENAI_BASE_URL: `${server.url}/v1` },
    options: {},
    bill(next) {
      charges = next;
    },
    revoke(next) {
      revoked = next;
    },
    forbid(...paths) {
      forbidden = paths;
    },
    withholdCosts(...days) {
      withheld = days;
    },
  };
}

function costs(charges: readonly TruthCharge[], query: URLSearchParams): StandInAnswer {
  const span = readSpan(query, { groups: COST_GROUPS, widths: ['1d'], most: 180 });
  if ('status' in span) return span;
  const by = ['day', 'currency', ...span.groups] as ('day' | 'currency' | 'project_id' | 'line_item')[];
  const rows = groupRows(costRows(charges), by, {
    clear: ['project_id', 'line_item'],
    merge: (a, b) => ({ ...a, amount: addDecimals(a.amount, b.amount) ?? '0' }),
  });
  return answerPage(rows, span, ({ amount, currency, line_item, project_id }) => ({
    object: 'organization.costs.result',
    amount: { value: Number(amount), currency: currency.toLowerCase() },
    line_item,
    project_id,
    api_key_id: null,
    quantity: null,
    quantity_unit: null,
  }));
}

function usage(
  charges: readonly TruthCharge[],
  kind: string,
  { groups, query }: { readonly groups: readonly string[]; readonly query: URLSearchParams },
): StandInAnswer {
  const span = readSpan(query, { groups, widths: ['1m', '1h', '1d'], most: 31 });
  if ('status' in span) return span;
  const all = usageRows(charges, kind);
  const rows = groupRows(all, ['day', ...span.groups] as (keyof (typeof all)[number])[], {
    clear: ['project_id', 'user_id', 'api_key_id', 'model', 'batch', 'service_tier'],
    merge: addCounts,
  });
  return answerPage(rows, span, ({ day: _, ...row }) => ({
    object: `organization.usage.${kind}.result`,
    ...row,
  }));
}

function projects(charges: readonly TruthCharge[], query: URLSearchParams): StandInAnswer {
  const limit = Math.min(Number(query.get('limit') ?? 20), 3);
  const all = projectsOf(charges).filter(
    ({ status }) => status === 'active' || query.get('include_archived') === 'true',
  );
  const from = all.findIndex(({ id }) => id === query.get('after')) + 1;
  const data = all.slice(from, from + limit);
  const has_more = from + limit < all.length;
  return {
    body: { object: 'list', data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more },
  };
}

interface Span {
  readonly start: string;
  readonly end: string;
  readonly limit: number;
  readonly page: string | null;
  readonly groups: readonly string[];
}

function readSpan(
  query: URLSearchParams,
  rules: { readonly groups: readonly string[]; readonly widths: readonly string[]; readonly most: number },
): Span | (StandInAnswer & { readonly status: number }) {
  const unknown = [...query.keys()].find((name) => !SPAN.includes(name));
  if (unknown) return invalid(`Unknown parameter: '${unknown}'.`, unknown);
  const start = Number(query.get('start_time') ?? Number.NaN);
  if (!Number.isInteger(start)) return invalid("Missing required parameter: 'start_time'.", 'start_time');
  const end = Number(query.get('end_time') ?? Number.NaN);
  if (!(end > start)) return invalid("'end_time' must be after 'start_time'.", 'end_time');
  const width = query.get('bucket_width') ?? '1d';
  if (!rules.widths.includes(width)) return invalid(`Invalid value: '${width}'.`, 'bucket_width');
  const limit = Number(query.get('limit') ?? 7);
  if (!(limit >= 1 && limit <= rules.most))
    return invalid(`Invalid 'limit': expected a value <= ${rules.most}, but got ${limit} instead.`, 'limit');
  const groups = query.getAll('group_by');
  const wrong = groups.findIndex((group) => !rules.groups.includes(group));
  if (wrong >= 0) {
    const supported = rules.groups.map((group) => `'${group}'`).join(', ');
    return invalid(
      `Invalid value: '${groups[wrong]}'. Supported values are: ${supported}.`,
      `group_by[${wrong}]`,
    );
  }
  return { start: msToDay(start * 1000), end: msToDay(end * 1000), limit, page: query.get('page'), groups };
}

function answerPage<Row extends { readonly day: string }>(
  rows: readonly Row[],
  span: Span,
  show: (row: Row) => object,
): StandInAnswer {
  const page = dayPage(rows, span);
  if (!page) return invalid('Invalid page cursor.', 'page');
  const data = page.days.map(({ day, next, rows: results }) => ({
    object: 'bucket',
    start_time: dayToMs(day) / 1000,
    end_time: dayToMs(next) / 1000,
    results: results.map(show),
  }));
  return { body: { object: 'page', data, has_more: page.hasMore, next_page: page.nextPage } };
}

function error(message: string, type: string, param: string | null, code: string | null) {
  return { error: { message, type, param, code } };
}

function invalid(message: string, param: string | null, status = 400) {
  return {
    status,
    body: error(message, 'invalid_request_error', param, status === 400 ? 'invalid_value' : null),
  };
}

/** It quotes the ends of the key that was sent. */
function unauthorised({ headers }: StandInRequest): StandInAnswer {
  const sent = (headers.authorization ?? '').replace('Bearer ', '');
  const quoted = `${sent.slice(0, 9)}${'*'.repeat(20)}${sent.slice(-4)}`;
  const message = `Incorrect API key provided: ${quoted}. You can find your API key at https://platform.openai.com/account/api-keys.`;
  return { status: 401, body: error(message, 'invalid_request_error', null, 'invalid_api_key') };
}

function missingScope(path: string): StandInAnswer {
  const scope = path.endsWith('projects') ? 'api.management.read' : 'api.usage.read';
  return {
    status: 403,
    body: { error: `You have insufficient permissions for this operation. Missing scopes: ${scope}.` },
  };
}
