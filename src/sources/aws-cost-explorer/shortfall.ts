/** Says in words what a plan could not find out, and what would help. */
import { magnitude } from './amounts.ts';
import { RECORD_TYPE } from './dimensions.ts';
import type { Plan } from './plan-types.ts';

/** One sentence per reason: which share of the cost lacks which dimensions. Nothing when all is known. */
export function shortfallWarnings(plan: Plan, days: string): string[] {
  const lacking = plan.dimensions
    .map((dimension, index) => ({ dimension, share: shareWithout(plan, index) }))
    .filter(({ share }) => share > 0);
  if (lacking.length === 0 || plan.shortfalls.size === 0) return [];
  const named = lacking
    .map(({ dimension, share }) => `${percent(share)} of the cost is without ${wordsOf(dimension)}`)
    .join(', ');
  return [...plan.shortfalls].map((reason) => {
    switch (reason) {
      case 'budget':
        return `AWS ${days}: ${named}, because the request budget was used up after ${plan.asked} requests. All of it takes at least ${plan.needed} requests: raise requestsPerDay, or ask for fewer tags and dimensions. Totals are complete.`;
      case 'mismatch':
        return `AWS ${days}: ${named}, because answers with filters did not add up to the bill (it was restated in between, or the endpoint ignores filters). Totals are complete.`;
      case 'refused':
        return `AWS ${days}: ${named}, because the request for it was refused. Totals are complete.`;
      default:
        return reason satisfies never;
    }
  });
}

/** Largest share, over the currencies, of the cost whose value is not known. */
function shareWithout(plan: Plan, index: number): number {
  const sums = new Map<string, { all: bigint; without: bigint }>();
  for (const { slot, values, amounts } of plan.parts) {
    const currency = slot.split(' ')[1] ?? '';
    const size = magnitude(amounts[0] ?? 0n);
    const sum = sums.get(currency) ?? { all: 0n, without: 0n };
    sum.all += size;
    if (values[index] === undefined) sum.without += size;
    sums.set(currency, sum);
  }
  const shares = [...sums.values()].map(({ all, without }) =>
    all === 0n ? 0 : Number((without * 10_000n) / all) / 10_000,
  );
  return Math.max(0, ...shares);
}

function percent(share: number): string {
  return share < 0.01 ? 'less than 1 %' : `${Math.round(share * 100)} %`;
}

function wordsOf(dimension: string): string {
  return dimension === RECORD_TYPE ? 'charge type (RECORD_TYPE)' : dimension;
}
