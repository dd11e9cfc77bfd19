/** What each line is billed on each day. */
import { addDays, type Day, daysBetween } from '../../core/day.ts';
import { costOf, shareOf, toCost, toQuantity } from './decimal.ts';
import { incidentFactor } from './incidents.ts';
import { incidentLines, linesOf } from './lines.ts';
import { meterOf } from './meters.ts';
import { hash } from './random.ts';
import { coverWithSavingsPlan } from './savings-plan.ts';
import { type BillDay, billDay, DAYS_A_MONTH, growthFactor, retrainDate, shapeFactor } from './shapes.ts';
import type { BillSource } from './sources.ts';
import type { Entry, Line } from './types.ts';

interface Priced {
  readonly line: Line;
  readonly noise: number;
  readonly listPrice: bigint;
  readonly contractedPrice: bigint;
  /** Pricing units a day at the end of the history, before any factor. */
  readonly perDay: number;
}

interface Span {
  readonly start: Day;
  readonly today: Day;
  readonly seed: number;
}

/** All usage of a source from `start` to its newest day, in the order of the days. */
export function usageOf(source: BillSource, span: Span): Entry[] {
  const lines = linesOf(source.name).map((line) => priced(line, source, span.seed));
  const extras = incidentLines(source.name).map(({ incident, line }) => ({
    incident,
    ...priced(line, source, span.seed),
  }));
  const entries: Entry[] = [];
  for (let daysAgo = daysBetween(span.start, span.today); daysAgo >= source.lag; daysAgo--) {
    const at = billDay(addDays(span.today, -daysAgo), daysAgo);
    const share = daysAgo === source.lag ? source.newest : 1;
    const usage: Entry[] = [];
    for (const item of lines) {
      const units = unitsOn(item, at);
      if (units > 0) usage.push(charge(item, at, units * share, resourceName(item, at)));
    }
    for (const { incident, ...item } of extras) {
      const { effect, from, to = 0 } = incident;
      if (effect.kind !== 'extra' || daysAgo > from || daysAgo < to) continue;
      const units = daysAgo === from ? effect.firstDay : effect.perDay;
      const began = addDays(span.today, -from).replaceAll('-', '');
      usage.push(charge(item, at, units * share, `${effect.resource}-${began}`));
    }
    const bill = source.name === 'aws' ? coverWithSavingsPlan(usage, at, share) : usage;
    entries.push(...(share < 1 ? bill.map((entry) => ({ ...entry, untilHour: 24 * share })) : bill));
  }
  return entries;
}

function priced(line: Line, source: BillSource, seed: number): Priced {
  const listPrice = toCost(meterOf(line.use.meter).price);
  const { monthly } = line.use;
  const units = 'units' in monthly ? monthly.units : monthly.cost / (Number(listPrice) / 1e10);
  return {
    line,
    // Directions of one model's tokens share their noise: requests bring all of them.
    noise: hash(`${seed}|${line.key.replace(/:\w+\|/, '|')}`),
    listPrice,
    contractedPrice: shareOf(listPrice, source.contracted),
    perDay: units / DAYS_A_MONTH,
  };
}

function unitsOn({ line, noise, perDay }: Priced, at: BillDay): number {
  const { use } = line;
  const { daysAgo } = at;
  if (use.from !== undefined && daysAgo > use.from) return 0;
  if (use.until !== undefined && daysAgo <= use.until) return 0;
  const shape = shapeFactor(use, at, noise);
  if (shape === 0) return 0;
  return (
    perDay * shape * growthFactor(line.growth, daysAgo) * incidentFactor(use.meter, use.resource, daysAgo)
  );
}

/** Training jobs have a name per run; everything else keeps its name. */
function resourceName({ line, noise }: Priced, at: BillDay): string {
  const { use } = line;
  const month = at.day.slice(0, 7).replace('-', '');
  if (use.shape === 'retrain')
    return `${use.resource}-${month}${String(retrainDate(use, at, noise)).padStart(2, '0')}`;
  const kind = meterOf(use.meter).resource;
  if (kind.endsWith('-job')) return `${use.resource}-${month}`;
  return use.resource;
}

function charge(
  { line, listPrice, contractedPrice }: Priced,
  at: BillDay,
  units: number,
  resource: string,
): Entry {
  const quantity = toQuantity(units);
  const contracted = costOf(contractedPrice, quantity);
  return {
    line,
    category: 'Usage',
    correction: false,
    start: at.day,
    end: at.end,
    period: at.period,
    description: meterOf(line.use.meter).item,
    resource,
    quantity,
    list: costOf(listPrice, quantity),
    contracted,
    billed: contracted,
    effective: contracted,
  };
}
