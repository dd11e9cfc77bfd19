/** `/cost why ANM-12` and `/cost why model bert`: whose, how much, why, the picture, what it is made of. */
import type { Explanation } from '../../core/anomaly.ts';
import type { Day } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import type { Scope } from '../../core/scope.ts';
import { dayOfStamp } from '../../core/series.ts';
import type { ChartSpec } from '../charts/types.ts';
import { type Button, bold, type Element, text, type View } from '../elements.ts';
import { formatChange, formatDay, formatMoney, formatRange } from '../format.ts';
import { verdictButtons } from './anomaly-buttons.ts';
import { explanationElements } from './anomaly-explanation.ts';
import { type AnomalyShown, anomalyHeadline, anomalyId, anomalyRates, stateLine } from './anomaly-words.ts';
import { costCommandOf, scopeHeading } from './scope-words.ts';

const BASIS = 'EffectiveCost of usage; taxes, purchases, credits and shared parts left out';

export interface WhyAnomaly {
  readonly anomaly: AnomalyShown;
  readonly explanation: Explanation;
  readonly today: Day;
  readonly timeZone: string;
  readonly chart?: ChartSpec;
  /** What people ask for its cost; absent where no command does. */
  readonly scope?: Scope;
  readonly warnings: readonly string[];
}

export function composeWhyAnomaly(input: WhyAnomaly): View {
  const { anomaly, explanation, today, timeZone, chart, scope } = input;
  const isOver = anomaly.state === 'resolved' || anomaly.state === 'expected';
  const cost = scope && costButton(scope);
  return {
    elements: [
      { kind: 'heading', text: anomalyHeadline(anomaly, today) },
      { kind: 'text', spans: [text(anomalyRates(anomaly))] },
      { kind: 'text', spans: [bold('Why: '), text(explanation.sentence)] },
      ...(chart ? [{ kind: 'chart' as const, chart }] : []),
      ...explanationElements(explanation, today),
      {
        kind: 'actions',
        buttons: [
          ...(isOver ? [] : verdictButtons(anomaly.id).filter(({ label }) => label !== 'Why')),
          ...(cost ? [cost] : []),
        ],
      },
      note(
        [
          stateLine(anomaly, timeZone, today),
          anomalyId(anomaly.id),
          `judged by ${anomaly.detector} through ${formatDay(dayOfStamp(anomaly.judgedThrough), today)}`,
        ].join(' · '),
      ),
      note(`${BASIS} · ${anomaly.currency} · ${comparedWords(explanation, today)}`),
      ...input.warnings.map((warning) => note(`⚠ ${warning}`)),
    ],
  };
}

export interface WhyChange {
  readonly scope: Scope;
  readonly explanation: Explanation;
  /** "the 30 days before" */
  readonly previousLabel: string;
  readonly period: Period;
  readonly previous: Period;
  readonly today: Day;
  readonly chart?: ChartSpec;
  readonly warnings: readonly string[];
}

/** The change of a scope against the days before, with no anomaly behind it. */
export function composeWhyChange(input: WhyChange): View {
  const { scope, explanation, period, previous, today, chart } = input;
  const { currency, actualMicros, expectedMicros } = explanation;
  const cost = costButton(scope);
  const days =
    actualMicros === undefined || expectedMicros === undefined
      ? 'What it cost before is not known.'
      : `${formatMoney(actualMicros, currency)} a day against ${formatMoney(expectedMicros, currency)} a day on ${input.previousLabel} (${formatRange(previous, today)}).`;
  return {
    elements: [
      { kind: 'heading', text: headline(input) },
      { kind: 'text', spans: [text(days)] },
      { kind: 'text', spans: [bold('Why: '), text(explanation.sentence)] },
      ...(chart ? [{ kind: 'chart' as const, chart }] : []),
      ...explanationElements(explanation, today, { of: 'period' }),
      ...(cost ? [{ kind: 'actions' as const, buttons: [cost] }] : []),
      note(`${BASIS} · ${currency} · ${formatRange(period, today)} beside ${formatRange(previous, today)}`),
      ...input.warnings.map((warning) => note(`⚠ ${warning}`)),
    ],
  };
}

/** "bert: +31 % (+$62 a day) in 22 Oct – 20 Nov" */
function headline({ scope, explanation, period, today }: WhyChange): string {
  const { changeMicros, expectedMicros, currency } = explanation;
  const when = formatRange(period, today);
  if (expectedMicros === undefined) return `${scopeHeading(scope)}: nothing to compare ${when} with`;
  const moved = {
    change: changeMicros,
    changeRatio: expectedMicros > 0n ? Number(changeMicros) / Number(expectedMicros) : null,
    previous: expectedMicros,
  };
  const change = formatChange(moved, currency);
  if (change === 'flat') return `${scopeHeading(scope)} cost the same as before in ${when}`;
  return `${scopeHeading(scope)}: ${change.replace(/\)$/, ' a day)')} in ${when}`;
}

function costButton(scope: Scope): Button | undefined {
  const command = costCommandOf(scope, '30d');
  return command === undefined
    ? undefined
    : { label: 'Cost of 30 days', action: { do: 'command', text: command } };
}

/** "20–23 Nov beside the same weekdays of 23 Oct – 19 Nov" */
function comparedWords({ during, before }: Explanation, today: Day): string {
  return `${formatRange(during, today)} beside the same weekdays of ${formatRange(before, today)}`;
}

function note(line: string): Element {
  return { kind: 'context', spans: [text(line)] };
}
