/** The drill-down of an anomaly: what carries it by one column, resources, price and volume, usage, changes nearby. */
import type { Contribution, Explanation } from '../../core/anomaly.ts';
import { type Day, daysBetween } from '../../core/day.ts';
import { type Button, bold, code, type Element, type Span, text } from '../elements.ts';
import { countOf, formatDay, formatMoney, formatShare, formatSignedMoney, shortResource } from '../format.ts';
import { columnTitle, explanationElements } from './anomaly-explanation.ts';
import { splitWords } from './anomaly-explanation-usage.ts';

export type Column = Contribution['dimension'];

export interface ResourceShown {
  readonly resourceId: string;
  readonly name: string;
  readonly service: string;
  readonly environment?: string;
  readonly perDayMicros?: bigint;
  readonly rose: boolean;
  readonly firstDay: Day;
  readonly maybeOlder: boolean;
  readonly can:
    | { readonly possible: true; readonly past: string; readonly undone: boolean }
    | { readonly possible: false; readonly why: string };
}

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

/** Resources told one by one. */
const RESOURCES = 8;

/** What a dialog shows below the headline. */
export function composeInvestigation(input: InvestigationShown): Element[] {
  const { explanation, today } = input;
  const columns = [...new Set(explanation.contributions.map(({ dimension }) => dimension))];
  const by = columns.find((column) => column === input.by) ?? columns[0];
  return [
    { kind: 'text', spans: [bold('Why: '), text(explanation.sentence)] },
    ...(by === undefined ? [] : contributions(explanation, by)),
    ...(columns.length > 1 ? [columnButtons(input.id, columns, by)] : []),
    ...resourceElements(input),
    ...splitElements(explanation),
    // What contributes is told above, column by column.
    ...explanationElements({ ...explanation, contributions: [] }, today),
  ];
}

function contributions({ contributions: all, currency }: Explanation, by: Column): Element[] {
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
        Math.abs(part.share) > 10 ? '–' : `${part.share < 0 ? '−' : ''}${formatShare(Math.abs(part.share))}`,
      ]),
    },
  ];
}

/** "team", "SKU" */
function columnWord(by: Column): string {
  return by === 'sku' ? 'SKU' : columnTitle(by).toLowerCase();
}

function columnButtons(id: number, columns: readonly Column[], by: Column | undefined): Element {
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

function resourceElements({ id, resources, currency, today }: InvestigationShown): Element[] {
  if (resources.length === 0)
    return [
      {
        kind: 'context',
        spans: [text('No single resource of it cost anything on the newest days of the bill.')],
      },
    ];
  const shown = resources.slice(0, RESOURCES);
  const rest = resources.slice(RESOURCES);
  const possible = resources.filter(({ can, rose }) => can.possible && rose).length;
  return [
    { kind: 'text', spans: [bold('What costs now')] },
    {
      kind: 'list',
      items: [
        ...shown.map((resource) => resourceSpans(resource, currency, today)),
        ...(rest.length > 0 ? [[text(restWords(rest, currency))]] : []),
      ],
    },
    ...(possible > 0 ? [shutDown(id)] : []),
  ];
}

/** "bert-retrain-7 · Amazon SageMaker · dev · $2,310 a day, risen · since Tue 17 Nov (5 days). It can be stopped; …" */
function resourceSpans(resource: ResourceShown, currency: string, today: Day): Span[] {
  const { resourceId, name, service, environment, perDayMicros, rose, firstDay, maybeOlder, can } = resource;
  const age = countOf(daysBetween(firstDay, today), 'day');
  const facts = [
    service,
    environment,
    perDayMicros === undefined
      ? 'cost unknown'
      : `${formatMoney(perDayMicros, currency)} a day${rose ? ', risen' : ''}`,
    maybeOlder ? `${age} or more` : `since ${formatDay(firstDay, today)} (${age})`,
  ];
  return [
    bold(shortResource(name)),
    text(` · ${facts.filter(Boolean).join(' · ')}. ${canWords(can)}`),
    ...(shortResource(name) === resourceId ? [] : [text(' '), code(resourceId)]),
  ];
}

function canWords(can: ResourceShown['can']): string {
  if (!can.possible) return can.why;
  return `It can be ${can.past}; that ${can.undone ? 'can' : 'cannot'} be undone.`;
}

function restWords(rest: readonly ResourceShown[], currency: string): string {
  const known = rest.flatMap(({ perDayMicros }) => perDayMicros ?? []);
  const sum = known.reduce((all, micros) => all + micros, 0n);
  const unknown = rest.length - known.length;
  return `and ${rest.length} more, ${formatMoney(sum, currency)} a day${unknown > 0 ? ` (of ${unknown} the cost is unknown)` : ''}`;
}

function shutDown(id: number): Element {
  return {
    kind: 'actions',
    buttons: [
      {
        label: 'Shut down…',
        style: 'danger',
        action: { do: 'form', form: 'proposal', text: `stop anomaly ${id}`, slow: true },
      },
    ],
  };
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
