/** Whether polling would work: one day's cost by service of each scope. */
import { addDays, msToDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Access, SourceCheck } from '../types.ts';
import { type Cell, moneyWords } from './cells.ts';
import { type CostClient, createClient } from './client.ts';
import type { Scope } from './scope.ts';
import type { AzureSettings } from './settings.ts';

/** Of the days that are there whatever the agreement. */
const DAYS_BACK = 4;

export async function check(settings: AzureSettings, access: Access): Promise<SourceCheck[]> {
  const day = addDays(msToDay(access.now()), -DAYS_BACK);
  const found: SourceCheck[] = [];
  try {
    const client = createClient(settings, access);
    for (const scope of settings.scopes) found.push(await checkScope(client, scope, day));
  } catch (error) {
    found.push(refusal(error));
  }
  return found;
}

async function checkScope(client: CostClient, scope: Scope, day: string): Promise<SourceCheck> {
  try {
    const answer = await client.query({
      scope,
      type: 'ActualCost',
      start: day,
      end: day,
      groupings: [{ type: 'Dimension', name: 'ServiceName' }],
      filters: [],
    });
    return 'refused' in answer
      ? { ok: false, said: answer.said, hint: 'Check the scope.' }
      : { ok: true, said: `${scope.path}: ${words(answer.cells)} on ${day}.` };
  } catch (error) {
    return refusal(error);
  }
}

function words(cells: readonly Cell[]): string {
  if (cells.length === 0) return 'can be asked, and has no cost';
  const services = new Set(cells.flatMap(({ values }) => [...values.values()])).size;
  return `${moneyWords(cells)} of ${services} ${services === 1 ? 'service' : 'services'}`;
}

function refusal(error: unknown): SourceCheck {
  if (!(error instanceof AppError)) throw error;
  return { ok: false, said: error.message, ...(error.hint !== undefined && { hint: error.hint }) };
}
