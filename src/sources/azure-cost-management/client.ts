/** Asks the Query API: pages, quotas that are left, refusals in words. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { createHttp } from '../http.ts';
import type { Access } from '../types.ts';
import { explainUnreachable } from '../unreachable.ts';
import { addUp, type Cell } from './cells.ts';
import { createTokens, type Tokens } from './credentials.ts';
import type { Grouping } from './dimensions.ts';
import { isGroupingRefusal, isRoleMissing, mend } from './errors.ts';
import { pauseAfter, throttledFor } from './quota.ts';
import { readPage } from './schema.ts';
import { queryUrl, type Scope } from './scope.ts';
import { type AzureSettings, isSafeAddress } from './settings.ts';

export interface CostQuery {
  readonly scope: Scope;
  readonly type: 'ActualCost' | 'AmortizedCost';
  readonly start: Day;
  readonly end: Day;
  readonly groupings: readonly Grouping[];
  readonly filters: readonly Filter[];
}
export interface Filter {
  readonly grouping: Grouping;
  readonly value: string;
}

/** Cells, those of one key added up; or what the service does not take of the query, in its words. */
export type Answer =
  | { readonly cells: readonly Cell[] }
  | { readonly refused: 'groupings' | 'filter'; readonly said: string };

export interface CostClient {
  /** All pages. Throws UPSTREAM (with the scope's name and what to mend) and LIMIT. */
  query(query: CostQuery): Promise<Answer>;
}

const PUBLIC = 'https://management.azure.com';

export function createClient(settings: AzureSettings, access: Access): CostClient {
  const baseUrl = addressOf(settings, access);
  const tokens = createTokens(settings, baseUrl, access);
  let pause = 0;
  return {
    async query(query) {
      let status = 0;
      let groupings = false;
      let renewable = false;
      const http = createHttp({
        access,
        vendor: `Azure Cost Management (${query.scope.path})`,
        headers: async () => ({
          authorization: `Bearer ${await tokens.get()}`,
          ClientType: settings.clientType,
        }),
        mend(code, body) {
          status = code;
          renewable = code === 401 && !isRoleMissing(body);
          groupings = isGroupingRefusal(code, body);
          return mend(query.scope.path, code, body);
        },
        retryAfter: throttledFor,
        onAnswer: (headers) => {
          pause = pauseAfter(headers);
        },
      });
      const body = bodyOf(query, settings.amount);
      const cells: Cell[] = [];
      const seen = new Set<string>();
      let url: URL | undefined = queryUrl(baseUrl, query.scope, settings.apiVersion);
      while (url) {
        if (seen.has(url.href)) throw goesInCircles(query.scope);
        seen.add(url.href);
        if (pause > 0) await sleep(pause * access.pace, undefined, { signal: access.signal });
        try {
          const page = readPage(await send(http, tokens, { url, body }, () => renewable), query.groupings);
          cells.push(...page.cells);
          url = page.nextLink === undefined ? undefined : follow(page.nextLink, url, query.scope);
        } catch (thrown) {
          const error = explainUnreachable(thrown, baseUrl);
          if (!(error instanceof AppError)) throw error;
          if (groupings) return { refused: 'groupings', said: error.message };
          if (status === 400 && query.filters.some(({ value }) => value === ''))
            return { refused: 'filter', said: error.message };
          throw error;
        }
      }
      return { cells: addUp(cells) };
    },
  };
}

/** A token that is no longer taken (clocks differ, it was revoked) is replaced once. */
async function send(
  http: ReturnType<typeof createHttp>,
  tokens: Tokens,
  request: { url: URL; body: unknown },
  renewable: () => boolean,
): Promise<unknown> {
  const post = () => http({ ...request, method: 'POST' });
  try {
    return await post();
  } catch (error) {
    if (renewable() && tokens.renew()) return post();
    throw error;
  }
}

function addressOf(settings: AzureSettings, access: Access): string {
  const address = settings.baseUrl ?? access.variable('AZURE_RESOURCE_MANAGER_URL') ?? PUBLIC;
  if (isSafeAddress(address)) return address.replace(/\/+$/, '');
  throw new AppError('CONFIG', 'AZURE_RESOURCE_MANAGER_URL is neither https nor on this machine.', {
    hint: `Set it to, for example, ${PUBLIC}, or leave it out.`,
  });
}

function bodyOf({ type, start, end, groupings, filters }: CostQuery, amount: string): unknown {
  const conditions = filters.map(({ grouping, value }) => ({
    [grouping.type === 'TagKey' ? 'tags' : 'dimensions']: {
      name: grouping.name,
      operator: 'In',
      values: [value],
    },
  }));
  return {
    type,
    timeframe: 'Custom',
    timePeriod: { from: `${start}T00:00:00Z`, to: `${end}T23:59:59Z` },
    dataset: {
      granularity: 'Daily',
      aggregation: { totalCost: { name: amount, function: 'Sum' } },
      grouping: groupings.map(({ type: kind, name }) => ({ type: kind, name })),
      // One condition stands alone: "and" needs two at least.
      ...(conditions.length > 0 && { filter: conditions.length === 1 ? conditions[0] : { and: conditions } }),
    },
  };
}

/** The next page's address, which must not carry the token to another place. */
function follow(nextLink: string, from: URL, scope: Scope): URL {
  const to = URL.canParse(nextLink, from.href) ? new URL(nextLink, from) : undefined;
  if (to?.origin === from.origin) return to;
  // Behind a proxy or an emulator the links are still the public ones; only their path is used.
  if (to?.origin === PUBLIC) return new URL(`${to.pathname}${to.search}`, from);
  throw new AppError(
    'UPSTREAM',
    `Azure Cost Management (${scope.path}) names a next page at another address (${(to?.host ?? nextLink).slice(0, 80)}), which is not asked.`,
    { hint: 'Check baseUrl: something between here and Azure rewrites its answers.' },
  );
}

function goesInCircles({ path }: Scope): AppError {
  return new AppError(
    'UPSTREAM',
    `Azure Cost Management (${path}) gives the same page again as the next one.`,
    {
      hint: 'Nothing was taken from it; the next poll asks again.',
    },
  );
}
