/** The resources of an anomaly that cost now: for how long, how much, and what can be done with each. */
import { type Day, daysBetween } from '../../core/day.ts';
import { bold, code, type Element, type Span, text } from '../elements.ts';
import { countOf, formatDay, formatMoney, shortResource } from '../format.ts';

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

/** Resources told one by one. */
const RESOURCES = 8;

export interface ResourcesShown {
  /** Of the anomaly. */
  readonly id: number;
  readonly resources: readonly ResourceShown[];
  readonly currency: string;
  readonly today: Day;
}

export function resourceElements({ id, resources, currency, today }: ResourcesShown): Element[] {
  if (resources.length === 0)
    return [
      {
        kind: 'context',
        spans: [text('No single resource of it cost anything on the newest days of the bill.')],
      },
    ];
  const shown = resources.slice(0, RESOURCES);
  const rest = resources.slice(RESOURCES);
  const possible = resources.filter(({ can }) => can.possible).length;
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
  // Whether it can be undone depends on how it is just now: Shut down… looks, this does not.
  return `It can be ${can.past}${can.undone ? '' : '; that cannot be undone'}.`;
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
