/** Requests to a LiteLLM proxy: address, key, pages, what to do about refusals. */
import { addDays, type Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { type AdminApi, createAdminApi, isBaseUrl, readKey } from '../admin-api.ts';
import type { Access } from '../types.ts';
import { type ActivityDay, ActivityPage, type Log, LogPage, Teams } from './schema.ts';
import type { LiteLlmSettings } from './settings.ts';

/** The most that the proxy gives in one answer. */
const ACTIVITY_ROWS = 1_000;
const LOG_ROWS = 100;

export interface LiteLlmProxy {
  readonly api: AdminApi;
  /** Name of the proxy's host, shown as the billing account. */
  readonly host: string;
}

/** Throws CONFIG when the address or the key is missing. */
export function openProxy(settings: LiteLlmSettings, access: Access): LiteLlmProxy {
  const written = settings.baseUrl ?? access.variable('LITELLM_BASE_URL');
  if (written === undefined || !isBaseUrl(written))
    throw new AppError(
      'CONFIG',
      written === undefined
        ? 'Nothing says where the LiteLLM proxy is.'
        : 'LITELLM_BASE_URL is not an address such as https://litellm.example.com, without a user or a query.',
      { hint: 'Write baseUrl at the source in pennywatch.yaml, or set LITELLM_BASE_URL.' },
    );
  const url = new URL(written);
  const key = readKey(
    access,
    settings.keyVariable,
    'It is the master key of the proxy, or a key of a user with the role proxy_admin_viewer.',
  );
  const api = createAdminApi({
    access,
    vendor: 'LiteLLM',
    base: { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, vendors: false },
    key,
    headers: { authorization: `Bearer ${key}` },
    mend: (status, body) => mend(status, { body, keyVariable: settings.keyVariable }),
  });
  return { api, host: url.host };
}

function mend(
  status: number,
  { body, keyVariable }: { readonly body: unknown; readonly keyVariable: string },
): string | undefined {
  if (/(db|database) (is )?not connected/i.test(JSON.stringify(body) ?? ''))
    return 'The proxy keeps nothing: give it a database (DATABASE_URL of the proxy) and start it again.';
  if ([400, 401, 403].includes(status))
    return `The key in ${keyVariable} must be the master key, or one of a user with the role proxy_admin or proxy_admin_viewer: other keys see only their own spend. See \`pennywatch permissions litellm\`.`;
  if (status === 404)
    return 'Check baseUrl. If the proxy is older than these requests, update it, or try the other value of `by`.';
  return undefined;
}

/** Team id → alias. Only admins may ask, so a key that sees a part of the spend fails here and not silently. */
export async function readTeams({ api }: LiteLlmProxy): Promise<ReadonlyMap<string, string>> {
  const teams = await api.get('team/list', {}, Teams);
  return new Map(teams.flatMap(({ id, alias }) => (alias === undefined ? [] : [[id, alias]])));
}

/**
 * A day's activity, page by page: pages cut the proxy's rows anywhere, so what they say of one day is added up. Asked
 * day by day, because rows that come in meanwhile would shift the pages of all older days.
 */
export async function* readActivity({ api }: LiteLlmProxy, day: Day): AsyncGenerator<ActivityDay> {
  for (let page = 1, pages = 1; page <= pages; page++) {
    const answer = await api.get(
      'user/daily/activity',
      { start_date: day, end_date: day, page, page_size: ACTIVITY_ROWS },
      ActivityPage,
    );
    pages = answer.pages;
    yield* answer.days.filter((one) => one.day === day);
  }
}

/** A day's requests, page by page. The end is the next midnight: the last second of a day has requests too. */
export async function* readLogs({ api }: LiteLlmProxy, day: Day): AsyncGenerator<readonly Log[]> {
  for (let page = 1; ; page++) {
    const logs = await api.get(
      'spend/logs/v2',
      {
        start_date: `${day} 00:00:00`,
        end_date: `${addDays(day, 1)} 00:00:00`,
        sort_by: 'startTime',
        sort_order: 'asc',
        page,
        page_size: LOG_ROWS,
      },
      LogPage,
    );
    yield logs.filter((log) => log.day === day);
    if (logs.length < LOG_ROWS) return;
  }
}
