/** What an explanation cannot know, in words: nobody shall take silence for nothing. */
import { addDays, type Day } from '../../core/day.ts';
import type { Grain } from '../../core/series.ts';
import { formatDay } from '../../view/format.ts';
import { unitName } from '../../view/format-unit-cost.ts';
import type { Figures } from './figures.ts';
import type { ReadChange } from './read-change.ts';
import type { UsageAround } from './read-usage.ts';

export function whatIsUnknown(known: {
  readonly change: ReadChange;
  readonly figures: Figures;
  readonly usage: UsageAround;
  readonly grain: Grain;
  readonly first: Day;
  readonly today: Day;
  readonly blended: readonly string[];
  /** For how long single resources are kept. */
  readonly resourceDays: number;
}): string[] {
  const { change, figures, usage, grain, first, today, blended } = known;
  const lines: string[] = [];
  if (change.comparison.usualWeight === 0n)
    lines.push(`There is no bill of the days before ${formatDay(first, today)}: what is usual is not known.`);
  else if (change.knownFrom !== undefined && change.knownFrom > addDays(first, -28))
    lines.push(
      `Bills begin on ${formatDay(change.knownFrom, today)}: fewer days than four weeks are compared.`,
    );
  if (grain === 'hour') lines.push('Single resources, SKUs and usage are known by day, not by hour.');
  else if (figures.shared)
    lines.push(
      'Single charges do not add up to this cost (a part is shared out, or not allocated yet): which of them rose is not known.',
    );
  else if (change.resourcesForgotten)
    lines.push(
      `Single resources are kept for ${known.resourceDays} days: before ${formatDay(change.resourcesSince, today)} they are not known.`,
    );
  else if (change.resources.length > 0 && change.resources.every(({ key }) => key === null))
    lines.push('The bill names no resources here.');
  if (change.unconverted.length > 0)
    lines.push(`Amounts in ${change.unconverted.join(' and ')} have no rate and are not in these figures.`);
  if (change.incomplete)
    lines.push('Some bills have no EffectiveCost: those charges are not in these figures.');
  const all = [...usage.own, ...usage.beside];
  const missing = all.filter(({ before, during }) => before === null || during === null);
  if (grain === 'day' && all.length === 0)
    lines.push('No usage is counted here: whether more was used is not known.');
  else if (missing.length > 0)
    lines.push(
      `${missing.map(({ metric }) => (metric === 'latency' || metric === 'errors' ? metric : unitName(metric))).join(', ')}: not counted on enough of these days.`,
    );
  if (blended.length > 0)
    lines.push(
      `How the tokens are spread over ${blended.join(', ')} is not counted: price and mix are told together.`,
    );
  return lines;
}
