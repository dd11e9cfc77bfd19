/** A batch per calendar month, newest first; within it every scope, by actual and by amortized cost. */
import { addDays, type Day, earlier, endOfMonth, later, startOfMonth } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Charge, ChargeBatch, FetchRequest } from '../types.ts';
import { type BrokenDown, breakDown } from './break-down.ts';
import type { Cell } from './cells.ts';
import { type CostClient, type CostQuery, createClient } from './client.ts';
import { groupingsFor } from './dimensions.ts';
import { isTypeRefusal } from './errors.ts';
import { chargesOf } from './map.ts';
import { refuseOverlap } from './overlap.ts';
import type { Scope } from './scope.ts';
import { type AzureSettings, DOCUMENTED_GROUPINGS } from './settings.ts';

interface Days {
  readonly start: Day;
  readonly end: Day;
}
type Type = CostQuery['type'];

export async function* fetchCosts(
  settings: AzureSettings,
  request: FetchRequest,
): AsyncIterable<ChargeBatch> {
  const client = createClient(settings, request);
  for (const days of monthsOf(request.window)) {
    const warnings: string[] = [];
    yield {
      kind: 'charges',
      days,
      charges: chargesOfMonth(settings, client, days, warnings),
      lateWarnings: () => warnings,
    };
  }
}

/** Calendar months of the window, newest first: daily queries take a month at most. */
function monthsOf(window: Days): Days[] {
  const months: Days[] = [];
  for (let end = window.end; end >= window.start; end = addDays(startOfMonth(end), -1))
    months.push({ start: later(startOfMonth(end), window.start), end: earlier(endOfMonth(end), window.end) });
  return months;
}

async function* chargesOfMonth(
  settings: AzureSettings,
  client: CostClient,
  days: Days,
  warnings: string[],
): AsyncIterable<readonly Charge[]> {
  const before: { scope: Scope; charges: readonly Charge[] }[] = [];
  for (const scope of settings.scopes) {
    const ask = async (type: Type) => {
      const found = await table(settings, client, { scope, type, ...days });
      const label = `${scope.path}, ${type === 'ActualCost' ? 'billed' : 'amortized'} cost of ${days.start.slice(0, 7)}`;
      warnings.push(...found.warnings.map((warning) => `${label}: ${warning}`));
      return found.cells;
    };
    const actual = await ask('ActualCost');
    const amortized = settings.amortized
      ? await ask('AmortizedCost').catch((error: unknown) => {
          if (!isTypeRefusal(error)) throw error;
          warnings.push(`${scope.path} has no amortized cost by this API: its effective cost is unknown.`);
          return undefined;
        })
      : undefined;
    const charges = chargesOf(scope, settings.tags, actual, amortized);
    refuseOverlap(before, { scope, charges });
    before.push({ scope, charges });
    yield charges;
  }
}

/** One cost type of one scope, broken down as far as the service lets us. */
async function table(
  settings: AzureSettings,
  client: CostClient,
  of: Omit<CostQuery, 'groupings' | 'filters'>,
): Promise<BrokenDown> {
  const groupings = groupingsFor(settings, new Set(of.scope.known.keys()));
  const outside: Cell[] = [];
  const attempt = (width: number) =>
    breakDown({
      groupings,
      width,
      queries: settings.queries,
      ask: async (group, filters) => {
        const answer = await client.query({ ...of, groupings: group, filters });
        if ('refused' in answer) return answer;
        const within = ({ day }: Cell) => day >= of.start && day <= of.end;
        outside.push(...answer.cells.filter((cell) => !within(cell)));
        return { cells: answer.cells.filter(within) };
      },
    });
  let found = await attempt(settings.groupings);
  const narrowed = 'refused' in found && settings.groupings > DOCUMENTED_GROUPINGS;
  if (narrowed) found = await attempt(DOCUMENTED_GROUPINGS);
  if ('refused' in found)
    throw new AppError('UPSTREAM', found.refused, {
      hint: 'Not every agreement knows every dimension: leave out what it names from dimensions in pennywatch.yaml.',
    });
  return {
    cells: found.cells,
    warnings: [
      ...(narrowed
        ? [`more than ${DOCUMENTED_GROUPINGS} groupings were refused, so more queries were sent.`]
        : []),
      ...(outside.length > 0
        ? [`rows of days that were not asked for were left out (${outside[0]?.day}).`]
        : []),
      ...found.warnings,
    ],
  };
}
