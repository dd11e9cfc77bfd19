/** The table of an answer: the parts that matter, and what is left out in words. */
import type { AnswerRow, CostAnswer } from '../../core/answer.ts';
import type { Breakdown } from '../../core/dimension.ts';
import type { Element } from '../elements.ts';
import { formatChange, formatMoney, formatShare } from '../format.ts';
import { formatUnitCostChange } from '../format-unit-cost.ts';

/** Rows shown before "and N more". */
const SHOWN = 10;

export const BREAKDOWN_TITLES: Readonly<Record<Breakdown, string>> = {
  team: 'Team',
  model: 'Model',
  modelVersion: 'Version',
  stage: 'Stage',
  environment: 'Environment',
  feature: 'Feature',
  costCenter: 'Cost centre',
  experiment: 'Experiment',
  provider: 'Provider',
  service: 'Service',
  region: 'Region',
  account: 'Account',
  category: 'Charge category',
  resource: 'Resource',
};

/** Undefined when there is no row to show. Without a `count`, a single row is never left out for its own sake. */
export function answerTable(answer: CostAnswer, count?: number): Element | undefined {
  const { rows, currency, by } = answer;
  if (rows.length === 0) return undefined;
  const visible = count === undefined && rows.length <= SHOWN + 1 ? rows : rows.slice(0, count ?? SHOWN);
  const rest = rows.slice(visible.length);
  const units = visible.some(({ unitCost }) => unitCost);
  return {
    kind: 'table',
    columns: [
      { title: BREAKDOWN_TITLES[by] },
      { title: 'Cost', align: 'right' },
      { title: 'Change', align: 'right' },
      { title: 'Share', align: 'right' },
      ...(units ? [{ title: 'Unit cost', align: 'right' } as const] : []),
    ],
    rows: visible.map((row) => [
      row.label,
      formatMoney(row.cost, currency),
      formatChange({ ...row, previous: row.previousCost }, currency),
      formatShare(row.share),
      ...(units ? [row.unitCost ? formatUnitCostChange(row.unitCost, currency) : '–'] : []),
    ]),
    more: rest.length > 0 ? `and ${rest.length} more, ${formatMoney(sum(rest), currency)}` : undefined,
  };
}

function sum(rows: readonly AnswerRow[]): bigint | null {
  const known = rows.flatMap((row) => (row.cost === null ? [] : [row.cost]));
  return known.length === 0 ? null : known.reduce((a, b) => a + b);
}
