/** What is asked of Anthropic: workspaces, the cost report, the usage report of messages. */
import { addDays } from '../../core/day.ts';
import { type AdminApi, isRefusal, type Params } from '../admin-api.ts';
import { readPages } from '../admin-pages.ts';
import type { DayBucket, DayWindow, MeteredMonth } from '../month-batches.ts';
import { createUsageSums } from '../usage-sums.ts';
import { VENDOR } from './client.ts';
import { PROVIDER, SERVICE, toUsage, type WorkspaceNames } from './map.ts';
import { type Cost, CostPage, UsagePage, WorkspacePage } from './schema.ts';

/** The most that one page may have. */
const DAYS_PER_PAGE = 31;

export interface Workspaces {
  readonly names: WorkspaceNames;
  readonly warnings: readonly string[];
}

/** Names of all workspaces, archived ones too. That they may not be read is a warning: ids are shown then. */
export async function readWorkspaces(api: AdminApi): Promise<Workspaces> {
  const names = new Map<string, string>();
  const ask = (after_id: string | undefined) =>
    api.get('organizations/workspaces', { limit: 100, include_archived: 'true', after_id }, WorkspacePage);
  try {
    for await (const { workspaces } of readPages(VENDOR, ask))
      for (const { id, name } of workspaces) if (name !== undefined) names.set(id, name);
    return { names, warnings: [] };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const warning = `Names of Anthropic's workspaces are not known, only their ids: ${error.message}`;
    return { names, warnings: [warning] };
  }
}

/** Costs of the days by workspace and description, page by page. */
export async function* readCosts(
  api: AdminApi,
  window: DayWindow,
  limit = DAYS_PER_PAGE,
): AsyncGenerator<readonly DayBucket<Cost>[]> {
  const params = { ...spanOf(window), limit, group_by: ['workspace_id', 'description'] };
  const ask = (page: string | undefined) =>
    api.get('organizations/cost_report', { ...params, page }, CostPage);
  for await (const { days } of readPages(VENDOR, ask)) yield days;
}

/** Tokens of the days; unknown, with a warning, when they may not be read. */
export async function readUsage(
  api: AdminApi,
  window: DayWindow,
  { names, keys }: { readonly names: WorkspaceNames; readonly keys: boolean },
): Promise<MeteredMonth> {
  const sums = createUsageSums({ provider: PROVIDER, service: SERVICE });
  const group_by = ['workspace_id', 'model', 'service_tier', ...(keys ? ['api_key_id'] : [])];
  const params = { ...spanOf(window), limit: DAYS_PER_PAGE, group_by };
  const ask = (page: string | undefined) =>
    api.get('organizations/usage_report/messages', { ...params, page }, UsagePage);
  try {
    for await (const { days } of readPages(VENDOR, ask))
      for (const { day, rows } of days.filter(({ day }) => day >= window.start && day <= window.end))
        for (const row of rows) sums.add(toUsage(day, row, names));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { usage: undefined, warnings: [`Usage of tokens is not known: ${error.message}`] };
  }
  return { usage: sums.list(), warnings: [] };
}

function spanOf({ start, end }: DayWindow): Params {
  return {
    starting_at: `${start}T00:00:00Z`,
    ending_at: `${addDays(end, 1)}T00:00:00Z`,
    bucket_width: '1d',
  };
}
