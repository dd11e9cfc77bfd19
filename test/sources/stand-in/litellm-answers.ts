/** How a LiteLLM proxy adds its rows up for daily activity, and how it lists single requests. */
import { detail, type ProxyRequest } from './litellm.ts';
import type { StandInAnswer } from './server.ts';

/** GET /user/daily/activity: a page of the daily rows, each page added up by itself. */
export function activityPage(query: URLSearchParams, requests: readonly ProxyRequest[]): StandInAnswer {
  const [start, end] = [query.get('start_date'), query.get('end_date')];
  if (!start || !end) return detail(400, 'Please provide start_date and end_date');
  const page = Number(query.get('page') ?? 1);
  const size = Number(query.get('page_size') ?? 50);
  if (!(page >= 1 && size >= 1 && size <= 1_000)) return invalid('page_size');
  const rows = dailyRows(requests.filter(({ day }) => day >= start && day <= end));
  const shown = rows.slice((page - 1) * size, page * size);
  const days = [...new Set(shown.map(([row]) => row?.day))];
  return {
    body: {
      results: days.map((day) => dayOf(day ?? '', shown.filter(([row]) => row?.day === day).flat())),
      metadata: {
        total_spend: sum(shown.flat()),
        page,
        total_pages: Math.ceil(rows.length / size),
        has_more: page * size < rows.length,
      },
    },
  };
}

/** The proxy keeps a row per day, user, key, model and provider; the newest day first. */
function dailyRows(requests: readonly ProxyRequest[]): ProxyRequest[][] {
  const rows = new Map<string, ProxyRequest[]>();
  for (const request of requests) {
    const { day, user, key, model, provider } = request;
    const name = JSON.stringify([day, user, key, model, provider]);
    rows.set(name, [...(rows.get(name) ?? []), request]);
  }
  return [...rows.values()].sort(([a], [b]) => ((a?.day ?? '') < (b?.day ?? '') ? 1 : -1));
}

function dayOf(date: string, rows: readonly ProxyRequest[]) {
  const part = (of: readonly ProxyRequest[]) => ({
    metrics: metrics(of),
    metadata: {},
    api_key_breakdown: by(of, ({ key }) => key, keyPart),
  });
  return {
    date,
    metrics: metrics(rows),
    breakdown: {
      models: by(rows, ({ model }) => model, part),
      model_groups: by(rows, ({ model }) => model, part),
      providers: by(rows, ({ provider }) => provider, part),
      endpoints: by(rows, () => '/chat/completions', part),
      mcp_servers: by(rows, ({ model }) => (model === null ? 'tools' : null), part),
      api_keys: by(rows, ({ key }) => key, keyPart),
      entities: {},
    },
  };
}

function keyPart(rows: readonly ProxyRequest[]) {
  const [first] = rows;
  return {
    metrics: metrics(rows),
    metadata: { key_alias: first?.alias ?? null, team_id: first?.teamId ?? null, user_id: null },
  };
}

function by<T>(
  rows: readonly ProxyRequest[],
  keyOf: (row: ProxyRequest) => string | null,
  partOf: (rows: readonly ProxyRequest[]) => T,
): Record<string, T> {
  const groups = new Map<string, ProxyRequest[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return Object.fromEntries([...groups].map(([key, group]) => [key, partOf(group)]));
}

function metrics(rows: readonly ProxyRequest[]) {
  const count = (of: (row: ProxyRequest) => number) => rows.reduce((total, row) => total + of(row), 0);
  const prompt = count(({ tokens }) => tokens.input + tokens.cached);
  const output = count(({ tokens }) => tokens.output);
  return {
    spend: sum(rows),
    flat_cost: 0,
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    cache_read_input_tokens: count(({ tokens }) => tokens.cached),
    cache_creation_input_tokens: 0,
    successful_requests: count(({ tokens }) => tokens.requests),
    failed_requests: 1,
    api_requests: count(({ tokens }) => tokens.requests) + 1,
  };
}

/** Exact, and then a float: what a database's sum shows. */
function sum(rows: readonly ProxyRequest[]): number {
  const scale = 15;
  const total = rows.reduce((all, { spend }) => {
    const [whole = '0', fraction = ''] = spend.replace('-', '').split('.');
    const units = BigInt(`${whole}${fraction.padEnd(scale, '0').slice(0, scale)}`);
    return spend.startsWith('-') ? all - units : all + units;
  }, 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
  return Number(`${total < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

/** GET /spend/logs/v2: times as "2026-11-20 00:00:00", 100 requests a page at most, a total that is capped. */
export function logPage(query: URLSearchParams, requests: readonly ProxyRequest[]): StandInAnswer {
  const [start, end] = [query.get('start_date') ?? '', query.get('end_date') ?? ''];
  const time = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
  if (!time.test(start) || !time.test(end)) return detail(400, 'Invalid date format.');
  const page = Number(query.get('page') ?? 1);
  const size = Number(query.get('page_size') ?? 50);
  if (!(page >= 1 && size >= 1 && size <= 100)) return invalid('page_size');
  const found = requests
    .filter((request) => request.time >= start && request.time <= end)
    .sort((a, b) => (a.time < b.time ? -1 : 1));
  const total = Math.min(found.length, 150);
  return {
    body: {
      data: found.slice((page - 1) * size, page * size).map(logOf),
      total,
      total_is_capped: total < found.length,
      page,
      page_size: size,
      total_pages: Math.ceil(total / size),
    },
  };
}

function logOf(request: ProxyRequest) {
  const { tokens } = request;
  return {
    request_id: `chatcmpl-${request.time}`,
    call_type: 'acompletion',
    api_key: request.key,
    startTime: request.time,
    endTime: request.time,
    model: request.model ?? '',
    user: request.user,
    team_id: request.teamId ?? '',
    custom_llm_provider: request.provider,
    spend: Number(request.spend),
    prompt_tokens: tokens.input + tokens.cached,
    completion_tokens: tokens.output,
    total_tokens: tokens.input + tokens.cached + tokens.output,
    status: 'success',
    request_tags: JSON.stringify(request.tags),
    metadata: JSON.stringify({
      user_api_key_alias: request.alias,
      user_api_key_team_id: request.teamId,
      user_api_key_team_alias: request.teamAlias,
      usage_object: { prompt_tokens_details: { cached_tokens: tokens.cached } },
      additional_usage_values: {},
    }),
    messages: '{}',
    response: '{}',
  };
}

function invalid(field: string): StandInAnswer {
  return {
    status: 422,
    body: { detail: [{ type: 'value_error', loc: ['query', field], msg: 'Input is out of range' }] },
  };
}
