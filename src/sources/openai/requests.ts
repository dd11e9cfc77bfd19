/** What is asked of OpenAI: projects, costs, and usage per kind of model. */
import { addDays, type Day, dayToMs } from '../../core/day.ts';
import { type AdminApi, isRefusal, type Params } from '../admin-api.ts';
import { readPages } from '../admin-pages.ts';
import type { DayBucket, DayWindow, MeteredMonth } from '../month-batches.ts';
import { createUsageSums } from '../usage-sums.ts';
import { VENDOR } from './client.ts';
import { PROVIDER, type ProjectNames, SERVICE, toUsage } from './map.ts';
import { CallsPage, CompletionsPage, type Cost, CostPage, EmbeddingsPage, ProjectPage } from './schema.ts';

/** A month in one page of costs; the API allows 180 days of costs and 31 of usage. */
const DAYS_PER_PAGE = 31;

const USAGE = [
  { path: 'completions', page: CompletionsPage, groups: ['model', 'batch', 'service_tier'] },
  { path: 'embeddings', page: EmbeddingsPage, groups: ['model'] },
  { path: 'images', page: CallsPage, groups: ['model'] },
  { path: 'audio_speeches', page: CallsPage, groups: ['model'] },
  { path: 'audio_transcriptions', page: CallsPage, groups: ['model'] },
  { path: 'moderations', page: CallsPage, groups: ['model'] },
] as const;

export interface Projects {
  readonly names: ProjectNames;
  readonly warnings: readonly string[];
}

/** Names of all projects, archived ones too. That they may not be read is a warning: ids are shown then. */
export async function readProjects(api: AdminApi): Promise<Projects> {
  const names = new Map<string, string>();
  const ask = (after: string | undefined) =>
    api.get('organization/projects', { limit: 100, include_archived: 'true', after }, ProjectPage);
  try {
    for await (const { projects } of readPages(VENDOR, ask))
      for (const { id, name } of projects) if (name !== undefined) names.set(id, name);
    return { names, warnings: [] };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const warning = `Names of OpenAI's projects are not known, only their ids: ${error.message} The key needs api.management.read for them.`;
    return { names, warnings: [warning] };
  }
}

/** Costs of the days by project and line item, page by page. */
export async function* readCosts(
  api: AdminApi,
  window: DayWindow,
  limit = DAYS_PER_PAGE,
): AsyncGenerator<readonly DayBucket<Cost>[]> {
  // Grouping by api_key_id is refused here, whatever the vendor's SDK says.
  const params = { ...spanOf(window), limit, group_by: ['project_id', 'line_item'] };
  const ask = (page: string | undefined) => api.get('organization/costs', { ...params, page }, CostPage);
  for await (const { days } of readPages(VENDOR, ask)) yield days;
}

/** Usage of the days. A kind that may not be read is a warning; when none may, usage is unknown. */
export async function readUsage(
  api: AdminApi,
  window: DayWindow,
  { names, keys }: { readonly names: ProjectNames; readonly keys: boolean },
): Promise<MeteredMonth> {
  const sums = createUsageSums({ provider: PROVIDER, service: SERVICE });
  const warnings: string[] = [];
  for (const { path, page: answer, groups } of USAGE) {
    const group_by = ['project_id', ...groups, ...(keys ? ['api_key_id'] : [])];
    const params = { ...spanOf(window), limit: DAYS_PER_PAGE, group_by };
    const ask = (page: string | undefined) =>
      api.get(`organization/usage/${path}`, { ...params, page }, answer);
    try {
      for await (const { days } of readPages(VENDOR, ask))
        for (const { day, rows } of days.filter(({ day }) => day >= window.start && day <= window.end))
          for (const row of rows) sums.add(toUsage(day, row, names));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      warnings.push(`Usage of ${path.replaceAll('_', ' ')} is not known: ${error.message}`);
    }
  }
  return { usage: warnings.length < USAGE.length ? sums.list() : undefined, warnings };
}

function spanOf({ start, end }: DayWindow): Params {
  return { start_time: seconds(start), end_time: seconds(addDays(end, 1)), bucket_width: '1d' };
}

function seconds(day: Day): number {
  return dayToMs(day) / 1000;
}
