/** The small print of an answer: basis, currency, freshness, what is not in the figure, warnings. */
import type { CostAnswer } from '../../core/answer.ts';
import { earlier } from '../../core/day.ts';
import { BASIS_COLUMN } from '../../core/dimension.ts';
import { type Element, text } from '../elements.ts';
import { formatDay, formatMoney, formatRange, formatShare } from '../format.ts';
import { unsharedResourcesLine } from './answer-shared.ts';
import { completeSources, incompleteDays } from './answer-words.ts';
import { estimateLine } from './estimate-lines.ts';

export function smallPrint(answer: CostAnswer): Element[] {
  const lines = [
    basisLine(answer),
    incompleteLine(answer),
    arrivingLine(answer),
    answer.estimate && estimateLine(answer.estimate, answer.today),
    unconvertedLine(answer),
    unsharedResourcesLine(answer),
    ...answer.warnings.map((warning) => `⚠ ${warning}`),
  ];
  return lines.flatMap((line) => (line ? [{ kind: 'context' as const, spans: [text(line)] }] : []));
}

function basisLine(answer: CostAnswer): string {
  const { basis, currency, categories, allocated, today, period } = answer;
  const apart = categories
    .filter(({ key, cost }) => key !== 'Usage' && cost !== 0n)
    .map(({ key, cost }) => `${key.toLowerCase()} ${formatMoney(cost, currency)}`);
  const complete = completeSources(answer);
  const fresh = complete.map(
    ({ name, watermark }) => `${name} complete until ${formatDay(watermark, today)}`,
  );
  const least = complete.map(({ watermark }) => watermark).reduce(earlier, today);
  return [
    BASIS_COLUMN[basis],
    currency,
    formatRange(period, today),
    apart.length > 0 ? `includes ${apart.join(', ')}` : undefined,
    fresh.length > 3
      ? `${fresh.length} sources complete until ${formatDay(least, today)} or later`
      : fresh.join(', ') || undefined,
    allocated === undefined ? undefined : `${formatShare(allocated)} allocated to models`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function incompleteLine(answer: CostAnswer): string | undefined {
  const days = incompleteDays(answer);
  if (!days || answer.total === null) return undefined;
  return `Data of ${formatRange(days, answer.today)} is not complete: the figure has what has arrived so far.`;
}

function arrivingLine({ arriving, currency, today }: CostAnswer): string | undefined {
  if (!arriving) return undefined;
  const amount = formatMoney(arriving.cost, currency);
  return `Data of ${formatRange(arriving.period, today)} is still arriving: ${amount} so far, not in the figure.`;
}

function unconvertedLine({ unconverted, currency: to }: CostAnswer): string | undefined {
  if (unconverted.length === 0) return undefined;
  const amounts = unconverted.map(({ currency, micros }) => formatMoney(micros, currency)).join(' and ');
  return `${amounts} could not be converted to ${to} and is not in the figure.`;
}
