/** A back-test as a message: what would have been told, and what other rules change about it. */
import type { Severity } from '../../core/analysis-settings.ts';
import type { Verdict } from '../../core/anomaly.ts';
import type { Day } from '../../core/day.ts';
import { scopeKey } from '../../core/scope.ts';
import type { ScopePath } from '../../core/scope-path.ts';
import { pathScope } from '../../core/scope-path.ts';
import { dayOfStamp } from '../../core/series.ts';
import { bold, type Element, text, type View } from '../elements.ts';
import { countOf, formatDay, formatRange, formatSignedMoney } from '../format.ts';
import { placeOf, severityMark } from './anomaly-words.ts';

interface Found {
  readonly path: ScopePath;
  readonly severity: Severity;
  readonly firstStamp: string;
  readonly lastStamp: string;
  readonly foundOn: Day;
  readonly excessMicros: bigint;
  readonly currency: string;
}

interface Side {
  readonly anomalies: readonly Found[];
  readonly told: number;
  readonly toldPerWeek: number;
  readonly medianDelay: number | null;
}

export interface BacktestShown {
  readonly days: number;
  readonly start: Day;
  readonly end: Day;
  readonly today: Day;
  /** "team search"; absent for everything. */
  readonly of?: string;
  /** From this severity on there is a message. */
  readonly notify: Severity;
  readonly current: Side;
  readonly trial?: Side & {
    /** "static, times 1.5". */
    readonly what: string;
    readonly more: readonly Found[];
    readonly fewer: readonly Found[];
    /** Found by both, but told by one only. */
    readonly louder: readonly Found[];
    readonly quieter: readonly Found[];
    readonly judged: Readonly<Record<Verdict, { readonly kept: number; readonly of: number }>>;
  };
}

const SHOWN = 10;

export function composeBacktest(input: BacktestShown): View {
  const { trial, current, today } = input;
  const whose = input.of ? ` of ${input.of}` : '';
  const range = formatRange({ start: input.start, end: input.end }, today);
  return {
    elements: [
      {
        kind: 'heading',
        text: trial
          ? `${trial.what}: ${countOf(trial.told, 'message')}${whose} in ${input.days} days instead of ${current.told}`
          : `${countOf(current.told, 'message')} about anomalies${whose} would have been posted in ${input.days} days`,
      },
      { kind: 'text', spans: [text(rates(input))] },
      ...(trial
        ? [
            ...listed('Only with it', trial.more, today),
            ...listed('Not with it any more', trial.fewer, today),
            ...(trial.louder.length > 0
              ? listed('Found by both, told only with it', trial.louder, today)
              : []),
            ...(trial.quieter.length > 0
              ? listed('Found by both, not told with it any more', trial.quieter, today)
              : []),
            { kind: 'text' as const, spans: [text(judgedWords(trial.judged))] },
          ]
        : listed('Found', current.anomalies, today)),
      {
        kind: 'actions',
        buttons: [
          { label: 'Open anomalies', action: { do: 'command', text: 'anomalies' } },
          { label: 'How to', action: { do: 'command', text: 'help backtest' } },
        ],
      },
      {
        kind: 'context',
        spans: [
          text(
            `${range}, each day judged from the days before it, with today's rules and bills · messages from ${input.notify} on · nothing was changed or posted`,
          ),
        ],
      },
    ],
  };
}

function rates({ current, trial }: BacktestShown): string {
  const said = (side: Side) =>
    `${countOf(side.anomalies.length, 'anomaly', 'anomalies')} found, ${perWeek(side.toldPerWeek)} ${side.toldPerWeek === 1 ? 'message' : 'messages'} a week, ${delay(side.medianDelay)}`;
  return trial ? `With it: ${said(trial)}. As it is: ${said(current)}.` : `${capital(said(current))}.`;
}

function delay(days: number | null): string {
  if (days === null) return 'no delay to speak of';
  return days === 0 ? 'seen with the first day’s data' : `seen ${countOf(days, 'day')} after the first day`;
}

function listed(title: string, found: readonly Found[], today: Day): Element[] {
  if (found.length === 0) return [{ kind: 'text', spans: [bold(`${title}: nothing`)] }];
  const shown = [...found].sort((a, b) => (a.firstStamp < b.firstStamp ? 1 : -1)).slice(0, SHOWN);
  return [
    { kind: 'text', spans: [bold(`${title}: ${found.length}`)] },
    {
      kind: 'table',
      columns: [
        { title: 'Days' },
        { title: 'What' },
        { title: 'Severity' },
        { title: 'Beyond expected', align: 'right' },
        { title: 'Found with the data of' },
      ],
      rows: shown.map((one) => [
        formatRange({ start: dayOfStamp(one.firstStamp), end: dayOfStamp(one.lastStamp) }, today),
        placeOf({ path: one.path, scope: scopeKey(pathScope(one.path)) }),
        severityMark(one.severity),
        formatSignedMoney(one.excessMicros, one.currency),
        formatDay(one.foundOn, today),
      ]),
      ...(found.length > SHOWN && { more: `and ${found.length - SHOWN} more: name a scope to see its own` }),
    },
  ];
}

function judgedWords(judged: NonNullable<BacktestShown['trial']>['judged']): string {
  const { real, expected } = judged;
  const wrong = judged['false-alarm'];
  const all = real.of + expected.of + wrong.of;
  if (all === 0) return 'Nobody has judged an anomaly of these days yet, so which of them matter is unknown.';
  return `Of those that people judged it still finds ${real.kept} of ${real.of} real and ${expected.kept} of ${expected.of} expected ones, and avoids ${wrong.of - wrong.kept} of ${countOf(wrong.of, 'false alarm')}.`;
}

function perWeek(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
