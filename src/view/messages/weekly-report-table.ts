/** The report's table: cost, change, unit cost and its change; what is left out is said, and continues in the thread. */
import type { AnswerRow } from '../../core/answer.ts';
import type { Element } from '../elements.ts';
import { formatChange, formatMoney, formatRatio, UNKNOWN } from '../format.ts';
import { formatUnitCost } from '../format-unit-cost.ts';
import { BREAKDOWN_TITLES } from './answer-table.ts';
import type { ReportFacts } from './weekly-report-types.ts';

type Table = Extract<Element, { kind: 'table' }>;

/** Rows in the channel, and in a message that has no thread. */
const SHOWN = 10;
const SHOWN_ALONE = 30;

/** The rows for the channel; a single row is never left out for its own sake. */
export function shownRows({ rows, alone }: ReportFacts): readonly AnswerRow[] {
  const count = alone ? SHOWN_ALONE : SHOWN;
  return rows.length <= count + 1 ? rows : rows.slice(0, count);
}

/** Undefined when there is no row. */
export function reportTable(facts: ReportFacts): Table | undefined {
  const { rows, currency } = facts;
  if (rows.length === 0) return undefined;
  const shown = shownRows(facts);
  const rest = rows.slice(shown.length);
  const more =
    rest.length > 0
      ? `and ${rest.length} more, ${formatMoney(sumOf(rest), currency)}${facts.alone ? '' : ': in the thread'}`
      : undefined;
  return { ...rowsTable(facts, shown, BREAKDOWN_TITLES[facts.by]), ...(more && { more }) };
}

/** Columns about unit costs only where one is known. */
export function rowsTable(facts: ReportFacts, rows: readonly AnswerRow[], title: string): Table {
  const { currency, frequency } = facts;
  const units = rows.some(({ unitCost }) => unitCost !== undefined && unitCost.attos !== null);
  return {
    kind: 'table',
    columns: [
      { title },
      { title: frequency === 'weekly' ? 'Last week' : 'Cost', align: 'right' },
      { title: 'Change', align: 'right' },
      ...(units
        ? ([
            { title: 'Unit cost', align: 'right' },
            { title: 'Change', align: 'right' },
          ] as const)
        : []),
    ],
    rows: rows.map((row) => [
      row.label,
      formatMoney(row.cost, currency),
      formatChange({ ...row, previous: row.previousCost }, currency),
      ...(units ? unitCells(row, currency) : []),
    ]),
  };
}

function unitCells({ unitCost }: AnswerRow, currency: string): [cost: string, change: string] {
  if (!unitCost) return ['–', '–'];
  if (unitCost.attos === null) return [formatUnitCost(unitCost, currency), '–'];
  const change = unitCost.changeRatio === null ? UNKNOWN : formatRatio(unitCost.changeRatio);
  return [formatUnitCost(unitCost, currency), change];
}

/** Sum of what is known; null when nothing is. */
export function sumOf(rows: readonly AnswerRow[]): bigint | null {
  const known = rows.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  return known.length === 0 ? null : known.reduce((a, b) => a + b);
}
