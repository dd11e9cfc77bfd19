/** The list of anomalies. */
import type { Day } from '../../core/day.ts';
import { dayOfStamp } from '../../core/series.ts';
import { type Element, text, type View } from '../elements.ts';
import { countOf, formatDay, formatMoney, formatSignedMoney } from '../format.ts';
import {
  type AnomalyShown,
  anomalyId,
  anomalyRates,
  placeOf,
  severityMark,
  stateWord,
} from './anomaly-words.ts';

const SHOWN = 15;
/** Buttons that lead to one each. */
const BUTTONS = 4;

export interface AnomaliesShown {
  /** What was asked for: "open", "all of the last 30 days". */
  readonly which: 'open' | 'all';
  readonly days: number;
  /** Of whom: "team search"; absent for everybody. */
  readonly of?: string;
  readonly today: Day;
  readonly anomalies: readonly AnomalyShown[];
  /** Resolved lately, when only open ones are shown. */
  readonly resolvedLately: number;
  /** Last day that was judged; absent when nothing was yet. */
  readonly judgedThrough?: Day;
  /** Number of places that are watched. */
  readonly places: number;
  readonly warnings: readonly string[];
}

export function composeAnomalies(input: AnomaliesShown): View {
  const { anomalies, today } = input;
  const shown = anomalies.slice(0, SHOWN);
  const rest = anomalies.slice(SHOWN);
  const worst = anomalies.find(isOpen);
  return {
    elements: [
      { kind: 'heading', text: title(input) },
      ...(worst && input.which === 'open'
        ? [
            {
              kind: 'text' as const,
              spans: [
                text(`${severityMark(worst.severity)}: ${placeOf(worst)}, ${anomalyRates(worst)}`),
                ...(worst.why ? [text(` ${worst.why}`)] : []),
              ],
            },
          ]
        : []),
      ...(shown.length > 0 ? [table(shown, rest, today)] : []),
      {
        kind: 'actions',
        buttons: [
          ...shown.slice(0, BUTTONS).map((anomaly) => ({
            label: `Why ${anomalyId(anomaly.id)}`,
            action: { do: 'command' as const, text: `why ${anomalyId(anomaly.id)}` },
          })),
          ...(input.which === 'open'
            ? [{ label: 'All of 90 days', action: { do: 'command' as const, text: 'anomalies all 90d' } }]
            : [{ label: 'Open ones', action: { do: 'command' as const, text: 'anomalies' } }]),
        ],
      },
      ...smallPrint(input),
    ],
  };
}

/** What somebody said is expected waits for nobody. */
export function isOpen({ state }: Pick<AnomalyShown, 'state'>): boolean {
  return state !== 'expected';
}

function title({ which, days, of, anomalies, resolvedLately }: AnomaliesShown): string {
  const whose = of ? ` of ${of}` : '';
  if (which === 'all')
    return `${countOf(anomalies.length, 'anomaly', 'anomalies')}${whose} in the last ${days} days`;
  const lately = resolvedLately > 0 ? `, ${resolvedLately} resolved in the last 7 days` : '';
  const open = anomalies.filter(isOpen).length;
  const expected = anomalies.length - open;
  const said = expected > 0 ? `, ${expected} expected` : '';
  if (open === 0) return `Nothing unusual${whose} is open${said}${lately}`;
  return `${countOf(open, 'open anomaly', 'open anomalies')}${whose}${said}${lately}`;
}

function table(shown: readonly AnomalyShown[], rest: readonly AnomalyShown[], today: Day): Element {
  return {
    kind: 'table',
    columns: [
      { title: 'What' },
      { title: 'Severity' },
      { title: 'Since' },
      { title: 'So far', align: 'right' },
      { title: 'A day', align: 'right' },
      { title: 'Usually', align: 'right' },
      { title: 'State' },
      { title: 'Owner' },
    ],
    rows: shown.map((anomaly) => {
      const perDay = anomaly.grain === 'hour' ? 24n : 1n;
      return [
        `${anomalyId(anomaly.id)} ${placeOf(anomaly)}`,
        severityMark(anomaly.severity),
        formatDay(dayOfStamp(anomaly.firstStamp), today),
        formatSignedMoney(anomaly.excessMicros, anomaly.currency),
        formatMoney(anomaly.actualMicros * perDay, anomaly.currency),
        formatMoney(anomaly.expectedMicros * perDay, anomaly.currency),
        stateWord(anomaly),
        anomaly.owner ?? 'nobody',
      ];
    }),
    ...(rest.length > 0 && { more: more(rest) }),
  };
}

function more(rest: readonly AnomalyShown[]): string {
  const sums = new Map<string, bigint>();
  for (const { currency, excessMicros } of rest)
    sums.set(currency, (sums.get(currency) ?? 0n) + excessMicros);
  const money = [...sums].map(([currency, micros]) => formatSignedMoney(micros, currency)).join(', ');
  return `and ${rest.length} more, ${money}: name a team or model to see its own`;
}

function smallPrint({ judgedThrough, places, today, warnings }: AnomaliesShown): Element[] {
  const judged = judgedThrough
    ? `Judged up to ${formatDay(judgedThrough, today)} in ${countOf(places, 'place')}`
    : 'Nothing was judged yet';
  return [
    {
      kind: 'context',
      spans: [
        text(
          `${judged} · EffectiveCost of usage in billing currency, complete days only; taxes, purchases, credits and shared parts left out`,
        ),
      ],
    },
    ...warnings.map((warning): Element => ({ kind: 'context', spans: [text(`⚠ ${warning}`)] })),
  ];
}
