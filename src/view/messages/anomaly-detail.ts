/** The first reply in an anomaly's thread: everything that is known behind its one sentence. Nobody is called. */
import type { Contribution, Explanation, FoundAnomaly } from '../../core/anomaly.ts';
import { type Day, daysBetween } from '../../core/day.ts';
import { scopeKey } from '../../core/scope.ts';
import { pathScope } from '../../core/scope-path.ts';
import { bold, type Element, type Span, text, type View } from '../elements.ts';
import { countOf, formatDay, formatMoney, formatSignedMoney } from '../format.ts';
import { explanationElements } from './anomaly-explanation.ts';
import { placeOf } from './anomaly-words.ts';

const RESOURCES = 5;
const PLACES = 6;

export interface AnomalyDetail {
  readonly anomaly: Pick<FoundAnomaly, 'related' | 'currency'>;
  /** Absent: it could not be explained. */
  readonly explanation?: Explanation;
  readonly today: Day;
}

export function composeAnomalyDetail({ anomaly, explanation, today }: AnomalyDetail): View {
  const elements: (Element | undefined)[] = [
    { kind: 'text', spans: [bold('What is behind it')] },
    ...(explanation ? explanationElements(explanation, today) : []),
    explanation && resourceLines(explanation, today),
    relatedPlaces(anomaly),
  ];
  const known = elements.filter((element) => element !== undefined);
  if (known.length > 1) return { elements: known };
  const nothing = 'The figures say what rose, not why: no part of the cost stands out.';
  return { elements: [...known, { kind: 'text', spans: [text(nothing)] }] };
}

/** Resources that changed most, with their age and what each costs a day. */
function resourceLines({ contributions, currency, during }: Explanation, today: Day): Element | undefined {
  const parts = contributions.filter(({ dimension, others }) => dimension === 'resource' && !others);
  if (parts.length === 0) return undefined;
  const bySize = [...parts].sort((a, b) => sizeOf(b) - sizeOf(a));
  const shown = bySize.slice(0, RESOURCES);
  const rest = bySize.slice(RESOURCES);
  const left = rest.reduce((sum, { changeMicros }) => sum + changeMicros, 0n);
  // A thread is narrow: a line each reads better than a table.
  const lines = shown.map(({ label, firstSeen, actualMicros, changeMicros }): Span[] => [
    bold(label),
    text(
      ` · ${formatMoney(actualMicros, currency)} a day (${formatSignedMoney(changeMicros, currency)})${ageWords(firstSeen, during.end, today)}`,
    ),
  ]);
  const more = `and ${countOf(rest.length, 'more resource')}, ${formatSignedMoney(left, currency)} a day`;
  return { kind: 'list', items: rest.length > 0 ? [...lines, [text(more)]] : lines };
}

function sizeOf({ changeMicros }: Contribution): number {
  return Math.abs(Number(changeMicros));
}

/** " · since Mon 16 Nov, 5 days"; what is older than the days looked at is just there. */
function ageWords(firstSeen: Day | undefined, end: Day, today: Day): string {
  if (firstSeen === undefined) return '';
  const days = daysBetween(firstSeen, end) + 1;
  return ` · since ${formatDay(firstSeen, today)}, ${countOf(days, 'day')}`;
}

/** The same incident seen from above and below: one thread tells all of it. */
function relatedPlaces({ related, currency }: AnomalyDetail['anomaly']): Element | undefined {
  if (related.length === 0) return undefined;
  const shown = related.slice(0, PLACES).map(({ path, excessMicros }) => {
    const place = placeOf({ path, scope: scopeKey(pathScope(path)) });
    return `${place} (${formatSignedMoney(excessMicros, currency)})`;
  });
  const more = related.length > PLACES ? ` and ${related.length - PLACES} more` : '';
  return {
    kind: 'text',
    spans: [bold('It also shows in: '), text(`${shown.join(', ')}${more}. This thread tells all of it.`)],
  };
}
