/** Reads the cost around a change, by every column, in one currency at one rate. */
import { type Convert, createConvert } from '../../analysis/convert.ts';
import type { Comparison, DayCell, ExplainedBy } from '../../analysis/explain/types.ts';
import { addDays, type Day, later } from '../../core/day.ts';
import { dayOfStamp, type Grain } from '../../core/series.ts';
import { type ChangePart, readChangeParts, readFactParts } from '../../store/change-parts.ts';
import { firstNamedDay } from '../../store/change-resources.ts';
import { type CostFilter, sourcesInScope } from '../../store/daily-costs.ts';
import { readSources } from '../../store/freshness.ts';
import type { Context } from '../context.ts';
import { poolsOf } from './place.ts';

/** Columns of the allocated layer that a change is looked at by. */
const COLUMNS = [
  'team',
  'model',
  'modelVersion',
  'stage',
  'environment',
  'feature',
  'experiment',
  'provider',
  'service',
  'region',
  'account',
] as const;

/** Jobs of the same name are looked for this much further back. */
const RUN_DAYS = 14;

export interface ChangeRequest {
  readonly filter: CostFilter;
  readonly currency: string;
  readonly grain: Grain;
  /** Steps of the change, in order. */
  readonly during: readonly string[];
  /** First and last day to read: both sides of the comparison. */
  readonly start: Day;
  readonly end: Day;
  /** Picks the days before that count, knowing what each step cost. */
  readonly compare: (totals: ReadonlyMap<string, bigint>, knownFrom: Day | undefined) => Comparison;
}

export interface ReadChange {
  readonly comparison: Comparison;
  readonly columns: ReadonlyMap<ExplainedBy, readonly DayCell[]>;
  /** Single charges: none for hours. */
  readonly skus: readonly DayCell[];
  readonly resources: readonly DayCell[];
  /** First day that was read. */
  readonly since: Day;
  /** First day that `resources` is known of, and whether they were kept before and are not any more. */
  readonly resourcesSince: Day;
  readonly resourcesForgotten: boolean;
  /** First day of which the bills are known; undefined when none before the change is. */
  readonly knownFrom?: Day;
  /** Currencies no rate covers, and whether some bill has no EffectiveCost. */
  readonly unconverted: readonly string[];
  readonly incomplete: boolean;
}

export async function readChange(context: Context, request: ChangeRequest): Promise<ReadChange> {
  const { store, settings } = context;
  const { filter, start, end, grain, during } = request;
  const resourcesSince = addDays(start, -RUN_DAYS);
  const daily = await readChangeParts(store, {
    ...{ filter, start, end, grain },
    columns: COLUMNS,
    pools: poolsOf(filter, settings.splits),
  });
  const facts = grain === 'day' ? await readFactParts(store, { filter, start: resourcesSince, end }) : [];
  const first = dayOfStamp(during[0] ?? start);
  const known = await readKnown(context, filter, { start, end, first, facts: resourcesSince });

  const unconverted = new Set<string>();
  let incomplete = false;
  const convert = createConvert(settings.fx);
  const cellsOf = (parts: readonly ChangePart[], column: string): DayCell[] =>
    parts.flatMap((part) => {
      if (part.column !== column) return [];
      const attos = inOneCurrency(part, request, convert);
      if (attos === undefined) unconverted.add(part.currency);
      if (attos === null) incomplete = true;
      return typeof attos === 'bigint' ? [{ day: part.day, key: part.key, attos }] : [];
    });
  const columns = new Map(COLUMNS.map((column) => [column, cellsOf(daily, column)] as const));
  const totals = new Map<string, bigint>();
  for (const { day, attos } of columns.get('service') ?? []) totals.set(day, (totals.get(day) ?? 0n) + attos);
  return {
    comparison: request.compare(totals, known.from),
    columns,
    since: start,
    skus: cellsOf(facts, 'sku'),
    resources: cellsOf(facts, 'resource'),
    resourcesSince: later(known.resourcesFrom ?? resourcesSince, known.from ?? resourcesSince),
    resourcesForgotten: known.resourcesFrom !== undefined,
    ...(known.from !== undefined && { knownFrom: known.from }),
    unconverted: [...unconverted],
    incomplete,
  };
}

/** All at the rate of the last day: a move of the exchange rate is no change of cost. Undefined: there is no rate. */
function inOneCurrency(part: ChangePart, { currency, end }: ChangeRequest, convert: Convert) {
  return part.attos === null ? null : convert(part.attos, part.currency, currency, end);
}

interface Known {
  /** From which day on every source that cost something in scope before the change is known. */
  readonly from?: Day;
  /** From which day on single resources are, when they are forgotten within the days read. */
  readonly resourcesFrom?: Day;
}

async function readKnown(
  { store }: Context,
  filter: CostFilter,
  { start, end, first, facts }: { start: Day; end: Day; first: Day; facts: Day },
): Promise<Known> {
  const names = await sourcesInScope(store, filter, start);
  const sources = (await readSources(store)).filter(({ name }) => names.includes(name));
  const days = sources.flatMap(({ firstDay }) =>
    firstDay !== undefined && firstDay < first ? [firstDay] : [],
  );
  const forgotten: Day[] = [];
  for (const { name, firstDay } of sources) {
    const named = await firstNamedDay(store, name, { start: facts, end });
    if (named !== undefined && named > facts && named > (firstDay ?? facts)) forgotten.push(named);
  }
  return {
    ...(days.length > 0 && { from: days.reduce(later) }),
    ...(forgotten.length > 0 && { resourcesFrom: forgotten.reduce(later) }),
  };
}
