/** The table of a comparison. */
import type { CostAnswer } from '../../core/answer.ts';
import type { Element } from '../elements.ts';
import { formatChange, formatMoney, formatRatio, formatShare, UNKNOWN } from '../format.ts';
import { formatUnitAmount, formatUnitCostChange } from '../format-unit-cost.ts';
import { shownUnits } from './answer-units.ts';

export interface ComparedThing {
  readonly title: string;
  /** As commands write it: "model:bert". */
  readonly word: string;
  /** The command that asks for it alone. */
  readonly command: string;
  readonly answer: CostAnswer;
}

/** Unit costs that several things have get a column each, at most this many. */
const UNIT_COLUMNS = 2;

/** One row per thing: cost, change, share, unit costs that can be set side by side, budget. */
export function comparisonTable(things: readonly ComparedThing[]): Element {
  const { currency } = (things[0] as ComparedThing).answer;
  const units = sharedUnits(things);
  const single = units.length === 0 && things.some(({ answer }) => shownUnits(answer).length > 0);
  const budgets = things.some(({ answer }) => answer.budget);
  const right = (title: string) => ({ title, align: 'right' as const });
  return {
    kind: 'table',
    columns: [
      { title: 'Name' },
      right('Cost'),
      right('Change'),
      right('Share of all'),
      ...units.map(({ per }) => right(`per ${per}`)),
      ...(single ? [right('Unit cost')] : []),
      ...(budgets ? [right('Budget')] : []),
    ],
    rows: things.map(({ title, answer }) => [
      title,
      formatMoney(answer.total, currency),
      formatChange({ ...answer, previous: answer.previousTotal }, currency),
      formatShare(answer.share),
      ...units.map(({ metric }) => unitCell(answer, metric)),
      ...(single ? [ownUnitCell(answer)] : []),
      ...(budgets ? [budgetCell(answer)] : []),
    ]),
  };
}

/** Metrics that at least two of the things have a known unit cost in. */
function sharedUnits(things: readonly ComparedThing[]): { metric: string; per: string }[] {
  const counts = new Map<string, { metric: string; per: string; count: number }>();
  for (const { answer } of things)
    for (const { metric, per, attos } of shownUnits(answer))
      if (attos !== null) counts.set(metric, { metric, per, count: (counts.get(metric)?.count ?? 0) + 1 });
  return [...counts.values()].filter(({ count }) => count > 1).slice(0, UNIT_COLUMNS);
}

/** Under a title that says what it is per. */
function unitCell(answer: CostAnswer, metric: string): string {
  const unit = shownUnits(answer).find((one) => one.metric === metric);
  if (!unit) return '–';
  if (unit.attos === null) return UNKNOWN;
  const others = unit.changeRatio === null ? '' : ` (${formatRatio(unit.changeRatio)})`;
  return `${formatUnitAmount(unit.attos, answer.currency)}${others}`;
}

/** Where the things have no metric in common, each says what its own is per. */
function ownUnitCell(answer: CostAnswer): string {
  const units = shownUnits(answer);
  const unit = units.find(({ attos }) => attos !== null) ?? units[0];
  return unit ? formatUnitCostChange(unit, answer.currency) : '–';
}

function budgetCell({ budget }: CostAnswer): string {
  if (!budget) return 'none';
  return `${formatShare(budget.usedRatio)} of ${formatMoney(budget.amount, budget.currency)} ${budget.period}`;
}
