/** The drill-down of an anomaly: what carries it by one column, resources, price and volume, usage, changes nearby. */
import type { Explanation } from '../../core/anomaly.ts';
import type { Day } from '../../core/day.ts';
import { bold, type Element, text } from '../elements.ts';
import { formatSignedMoney } from '../format.ts';
import { explanationElements } from './anomaly-explanation.ts';
import { splitWords } from './anomaly-explanation-usage.ts';
import { type Column, columnButtons, contributionElements } from './investigate-columns.ts';
import { type ResourceShown, resourceElements } from './investigate-resources.ts';

export interface InvestigationShown {
  readonly id: number;
  readonly explanation: Explanation;
  readonly resources: readonly ResourceShown[];
  /** Of the resources' cost. */
  readonly currency: string;
  readonly today: Day;
  /** What the table tells apart; the most telling column unless asked for another. */
  readonly by?: Column;
}

/** What a dialog shows below the headline. */
export function composeInvestigation(input: InvestigationShown): Element[] {
  const { explanation, today } = input;
  const columns = [...new Set(explanation.contributions.map(({ dimension }) => dimension))];
  const by = columns.find((column) => column === input.by) ?? columns[0];
  return [
    { kind: 'text', spans: [bold('Why: '), text(explanation.sentence)] },
    ...(by === undefined ? [] : contributionElements(explanation, by)),
    ...(columns.length > 1 ? [columnButtons(input.id, columns, by)] : []),
    ...resourceElements(input),
    ...splitElements(explanation),
    // What contributes is told above, column by column.
    ...explanationElements({ ...explanation, contributions: [] }, today),
  ];
}

/** Price, volume and mix, in money and in words. */
function splitElements({ split, currency }: Explanation): Element[] {
  if (!split) return [];
  const words = splitWords(split);
  return [
    {
      kind: 'fields',
      fields: [
        {
          label: 'More or less used',
          value: [text(partWords(split.volumeMicros, currency))],
        },
        { label: 'Price', value: [text(partWords(split.priceMicros, currency))] },
        { label: 'Mix', value: [text(partWords(split.mixMicros, currency))] },
      ],
    },
    ...(words ? [{ kind: 'context' as const, spans: [text(words)] }] : []),
  ];
}

function partWords(micros: bigint, currency: string): string {
  return micros === 0n ? 'nothing' : `${formatSignedMoney(micros, currency)} a day`;
}
