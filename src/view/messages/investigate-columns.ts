/** What carries an anomaly by one column, and buttons for the other ones. */
import type { Contribution, Explanation } from '../../core/anomaly.ts';
import { type Button, bold, type Element } from '../elements.ts';
import { formatMoney, formatShare, formatSignedMoney } from '../format.ts';
import { columnTitle } from './anomaly-explanation.ts';

export type Column = Contribution['dimension'];

export function contributionElements(
  { contributions: all, currency }: Pick<Explanation, 'contributions' | 'currency'>,
  by: Column,
): Element[] {
  const parts = all.filter(({ dimension }) => dimension === by);
  return [
    { kind: 'text', spans: [bold(`By ${columnWord(by)}, a day`)] },
    {
      kind: 'table',
      columns: [
        { title: columnTitle(by) },
        { title: 'Now', align: 'right' },
        { title: 'Usually', align: 'right' },
        { title: 'Change', align: 'right' },
        { title: 'Share', align: 'right' },
      ],
      rows: parts.map((part) => [
        part.label,
        formatMoney(part.actualMicros, currency),
        formatMoney(part.expectedMicros, currency),
        formatSignedMoney(part.changeMicros, currency),
        shareWords(part.share),
      ]),
    },
  ];
}

/** "team", "SKU" */
function columnWord(by: Column): string {
  return by === 'sku' ? 'SKU' : columnTitle(by).toLowerCase();
}

export function columnButtons(id: number, columns: readonly Column[], by: Column | undefined): Element {
  const buttons = columns
    .filter((column) => column !== by)
    .map(
      (column): Button => ({
        label: `By ${columnWord(column)}`,
        action: {
          do: 'form',
          form: 'anomaly-investigate',
          text: `anomaly ${id} by ${column}`,
          slow: true,
        },
      }),
    );
  return { kind: 'actions', buttons };
}

/** A trace has no side; what moves much more than the whole, both ways, tells by its money. */
function shareWords(share: number): string {
  const size = Math.abs(share);
  if (size > 10) return '–';
  return share < 0 && size >= 0.005 ? `−${formatShare(size)}` : formatShare(size);
}
