/** Anthropic's Admin API as documented: cost report, usage report of messages, workspaces, and its refusals. */
import { isDay } from '../../../src/core/day.ts';
import { addDecimals } from '../../../src/core/decimal.ts';
import { costRows, usageRows, workspacesOf } from './anthropic-rows.ts';
import { addCounts, dayPage, groupRows } from './day-pages.ts';
import { type StandIn, type StandInAnswer, startStandIn } from './server.ts';
import type { TruthCharge } from './truth.ts';

const KEY = 'sk-ant-admin01-standInKeyOfAnthropic0123456789';
const SPAN = ['starting_at', 'ending_at', 'bucket_width', 'limit', 'page', 'group_by[]'];
const COST_GROUPS = ['workspace_id', 'description'];
const USAGE_GROUPS = ['api_key_id', 'workspace_id', 'model', 'service_tier', 'context_window'];
/** What grouping by description adds. */
const DESCRIBED = [
  'description',
  'cost_type',
  'model',
  'token_type',
  'service_tier',
  'context_window',
] as const;

export interface AnthropicStandIn extends StandIn {
  /** Answers 403 below these paths. */
  forbid(...paths: readonly string[]): void;
  /** Costs of these days are late: their buckets are empty. */
  withholdCosts(...days: readonly string[]): void;
}

export async function startAnthropic(options: { port?: number } = {}): Promise<AnthropicStandIn> {
  let charges: readonly TruthCharge[] = [];
  let revoked = false;
  let forbidden: readonly string[] = [];
  let withheld: readonly string[] = [];
  const billed = () => charges.filter(({ day }) => !withheld.includes(day));
  const server = await startStandIn(
    {
      answer({ url: { pathname, searchParams }, headers, method }) {
        if (revoked || headers['x-api-key'] !== KEY)
          return refusal(401, 'authentication_error', 'invalid x-api-key');
        if (headers['anthropic-version'] !== '2023-06-01')
          return invalid('anthropic-version: header is required');
        if (forbidden.some((path) => pathname.startsWith(path)))
          return refusal(
            403,
            'permission_error',
            'Your API key does not have permission to use the specified resource',
          );
        if (method !== 'GET') return refusal(405, 'invalid_request_error', 'Method Not Allowed');
        if (pathname === '/v1/organizations/workspaces') return workspaces(charges, searchParams);
        if (pathname === '/v1/organizations/cost_report') return costs(billed(), searchParams);
        if (pathname === '/v1/organizations/usage_report/messages') return usage(charges, searchParams);
        return refusal(404, 'not_found_error', 'Not found');
      },
      refuse: (status) =>
        status === 429
          ? {
              headers: { 'retry-after': '1' },
              body: problem('rate_limit_error', 'This request would exceed your rate limit.'),
            }
          : { body: problem('api_error', 'Internal server error') },
    },
    options.port,
  );
  return {
    ...server,
    variables: { ANTHROPIC_ADMIN_KEY: KEY, ANTHROPIC_BASE_URL: server.url },
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
  const span = readSpan(query, { groups: COST_GROUPS, widths: ['1d'] });
  if ('status' in span) return span;
  const described = span.groups.includes('description') ? DESCRIBED : [];
  const workspace = span.groups.includes('workspace_id') ? (['workspace_id'] as const) : [];
  const rows = groupRows(costRows(charges), ['day', 'currency', ...workspace, ...described], {
    clear: ['workspace_id', ...DESCRIBED],
    merge: (a, b) => ({ ...a, amount: addDecimals(a.amount, b.amount) ?? '0' }),
  });
  return answerPage(rows, span);
}

function usage(charges: readonly TruthCharge[], query: URLSearchParams): StandInAnswer {
  const span = readSpan(query, { groups: USAGE_GROUPS, widths: ['1m', '1h', '1d'] });
  if ('status' in span) return span;
  const all = usageRows(charges);
  const rows = groupRows(all, ['day', ...span.groups] as (keyof (typeof all)[number])[], {
    clear: ['api_key_id', 'workspace_id', 'model', 'service_tier', 'context_window'],
    merge: addCounts,
  });
  const nested = rows.map(({ written5m, written1h, ...row }) => ({
    ...row,
    cache_creation: { ephemeral_5m_input_tokens: written5m, ephemeral_1h_input_tokens: written1h },
    server_tool_use: { web_search_requests: 0 },
  }));
  return answerPage(nested, span);
}

function workspaces(charges: readonly TruthCharge[], query: URLSearchParams): StandInAnswer {
  const limit = Math.min(Number(query.get('limit') ?? 20), 3);
  const all = workspacesOf(charges).filter(
    ({ archived_at }) => archived_at === null || query.get('include_archived') === 'true',
  );
  const from = all.findIndex(({ id }) => id === query.get('after_id')) + 1;
  const data = all.slice(from, from + limit);
  const has_more = from + limit < all.length;
  return { body: { data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more } };
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
  rules: { readonly groups: readonly string[]; readonly widths: readonly string[] },
): Span | (StandInAnswer & { readonly status: number }) {
  const unknown = [...query.keys()].find((name) => !SPAN.includes(name));
  if (unknown) return invalid(`${unknown}: Extra inputs are not permitted`);
  const [start, end] = ['starting_at', 'ending_at'].map((name) => readMidnight(query.get(name)));
  if (!start) return invalid('starting_at: Field required');
  if (!end || end <= start) return invalid('ending_at: must be after starting_at');
  const width = query.get('bucket_width') ?? '1d';
  if (!rules.widths.includes(width))
    return invalid(`bucket_width: Input should be '${rules.widths.join("', '")}'`);
  const limit = Number(query.get('limit') ?? 7);
  if (!(limit >= 1 && limit <= 31)) return invalid('limit: Input should be less than or equal to 31');
  const groups = query.getAll('group_by[]');
  const wrong = groups.findIndex((group) => !rules.groups.includes(group));
  if (wrong >= 0) return invalid(`group_by.${wrong}: Input should be '${rules.groups.join("' or '")}'`);
  return { start, end, limit, page: query.get('page'), groups };
}

function readMidnight(text: string | null): string | undefined {
  const day = /^(\S{10})T00:00:00Z$/.exec(text ?? '')?.[1];
  return day !== undefined && isDay(day) ? day : undefined;
}

function answerPage(rows: readonly { readonly day: string }[], span: Span): StandInAnswer {
  const page = dayPage(rows, span);
  if (!page) return invalid('page: Invalid page token');
  const data = page.days.map(({ day, next, rows: results }) => ({
    starting_at: `${day}T00:00:00Z`,
    ending_at: `${next}T00:00:00Z`,
    results: results.map(({ day: _, ...row }) => row),
  }));
  return { body: { data, has_more: page.hasMore, next_page: page.nextPage } };
}

function problem(type: string, message: string) {
  return { type: 'error', error: { type, message }, request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy' };
}

function refusal(status: number, type: string, message: string) {
  return { status, body: problem(type, message) };
}

function invalid(message: string) {
  return refusal(400, 'invalid_request_error', message);
}
