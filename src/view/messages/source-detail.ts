/** One source in full: how it stands, what polling asked, what changed afterwards, and what the provider says. */
import { decimalToMicros } from '../../core/money.ts';
import { bold, code, type Element, type Span, text, type View } from '../elements.ts';
import { countOf, formatDay, formatMoney, formatRange, formatTime, monthName } from '../format.ts';
import { driftWords } from './estimate-lines.ts';
import {
  addsUpWords,
  failingWords,
  hintSpans,
  historyWords,
  lastWords,
  nextWords,
  requestWords,
  restatedWords,
  stateWords,
} from './source-words.ts';
import { listed } from './sources.ts';
import type { ProviderForecast, SourceDetail } from './sources-types.ts';

const SHOWN_RESTATED = 10;
const SHOWN_ANOMALIES = 5;
const SHOWN_WARNINGS = 10;

export function composeSourceDetail(
  detail: SourceDetail,
  { today, now, timeZone }: { today: string; now: number; timeZone: string },
): View {
  const { report, drift } = detail;
  const { name, polling, restated } = report;
  const accounts = new Set(restated.map(({ billingAccount }) => billingAccount)).size > 1;
  return {
    elements: [
      { kind: 'heading', text: `${name} – ${stateWords(report)}` },
      ...trouble(detail, today, timeZone),
      { kind: 'fields', fields: facts(detail, { today, now, timeZone }) },
      ...listed(
        'Warnings of the last poll',
        (polling?.warnings ?? []).map((warning) => [text(warning)]),
        SHOWN_WARNINGS,
      ),
      ...lastPolls(detail, timeZone),
      ...requestDays(detail, today),
      ...listed(
        'Days whose bill changed in the last 30 days',
        restated.map((one) => [text(restatedWords(one, today, accounts))]),
        SHOWN_RESTATED,
      ),
      ...listed(
        'Estimates that drift from the bill',
        drift.map((one) => [text(driftWords(one))]),
        SHOWN_RESTATED,
      ),
      ...evidence(detail, today),
      { kind: 'actions', buttons: [{ label: 'All sources', action: { do: 'command', text: 'sources' } }] },
      ...(polling
        ? [
            {
              kind: 'context' as const,
              spans: [
                text('What it must be granted on the other side: '),
                code(`pennywatch permissions ${report.kind}`),
                text('. Poll it now: '),
                code(`pennywatch poll ${name}`),
                text(' on the server.'),
              ],
            },
          ]
        : []),
    ],
  };
}

/** What is wrong, what it means, and what to do about it. */
function trouble({ report }: SourceDetail, today: string, timeZone: string): Element[] {
  const { polling, error, hint, stale, watermark } = report;
  const failing = polling ? failingWords(polling, timeZone) : '';
  const elements: Element[] = [];
  if (error !== undefined)
    elements.push({
      kind: 'text',
      spans: [
        bold(failing ? `${failing.slice(0, 1).toUpperCase()}${failing.slice(1)}: ` : 'Last time: '),
        text(error),
      ],
    });
  if (error !== undefined && hint !== undefined)
    elements.push({ kind: 'text', spans: [bold('To mend it: '), ...hintSpans(hint)] });
  if (stale && watermark !== undefined)
    elements.push({
      kind: 'text',
      spans: [
        text(
          `Complete until ${formatDay(watermark, today)}; since then unknown: figures after that day lack it, they are not zero.`,
        ),
      ],
    });
  return elements;
}

function facts(
  { report }: SourceDetail,
  at: { today: string; now: number; timeZone: string },
): { label: string; value: Span[] }[] {
  const { kind, polling, watermark, firstDay, lastDay } = report;
  const { today, now, timeZone } = at;
  const rows: [string, string][] = [
    ['Kind', kind],
    ['Complete until', watermark ? formatDay(watermark, today) : 'unknown'],
    ['Has days', firstDay && lastDay ? formatRange({ start: firstDay, end: lastDay }, today) : 'none'],
    ['Last success', lastWords(report, today, timeZone)],
    ...(polling
      ? ([
          ['Polling', nextWords(polling, now, timeZone)],
          ['Loaded', historyWords(polling, today) || 'not loaded yet'],
          ['Requests', requestWords(polling)],
        ] satisfies [string, string][])
      : []),
    ['Adds up', addsUpWords(report)],
  ];
  return rows.map(([label, value]) => ({ label, value: [text(value)] }));
}

function lastPolls({ imports, report }: SourceDetail, timeZone: string): Element[] {
  return listed(
    report.polling ? 'Last batches stored' : 'Last imports',
    imports.map(({ at, rows, quarantined, written, replaced }) => [
      text(`${formatTime(at, timeZone)}: ${countOf(rows, 'row')} read`),
      text(
        `${quarantined > 0 ? `, ${quarantined.toLocaleString('en-US')} could not be read` : ''}, ${countOf(written, 'fact')} written, ${replaced.toLocaleString('en-US')} replaced`,
      ),
    ]),
    imports.length,
  );
}

function requestDays({ requests }: SourceDetail, today: string): Element[] {
  if (requests.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        { title: 'Asked on (UTC)' },
        { title: 'Requests', align: 'right' },
        { title: 'Failed', align: 'right' },
        { title: 'Cost', align: 'right' },
      ],
      rows: requests.map(({ day, sent, failed, costMicros, currency }) => [
        formatDay(day, today),
        sent.toLocaleString('en-US'),
        failed.toLocaleString('en-US'),
        formatMoney(costMicros, currency),
      ]),
    },
  ];
}

/** "AWS itself forecasts $12,300 for November (80 %: $11,900–$12,800)." Never counted as cost. */
function evidence({ provider, forecasts, anomalies }: SourceDetail, today: string): Element[] {
  const who = provider ?? 'The provider';
  const items: Span[][] = forecasts.map((forecast) => [text(forecastWords(who, forecast, today))]);
  if (anomalies.length > 0) {
    const named = anomalies.slice(0, SHOWN_ANOMALIES).map((one) => {
      const amount = formatMoney(decimalToMicros(one.impact), one.currency);
      return `${one.about} ${formatRange(one, today)} (${amount})`;
    });
    const rest = anomalies.length - SHOWN_ANOMALIES;
    items.push([
      text(
        `${who} saw ${countOf(anomalies.length, 'anomaly', 'anomalies')} in the last 30 days: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`,
      ),
    ]);
  }
  return listed('What the provider itself says (never counted)', items, items.length);
}

function forecastWords(who: string, forecast: ProviderForecast, today: string): string {
  const { start, end, currency, mean, lower, upper, percent } = forecast;
  const amount = (value: string) => formatMoney(decimalToMicros(value), currency);
  const when =
    start.slice(0, 7) === end.slice(0, 7) && start.endsWith('-01')
      ? monthName(start)
      : formatRange(forecast, today);
  const range =
    lower !== undefined && upper !== undefined
      ? ` (${percent === undefined ? 'range' : `${percent} %`}: ${amount(lower)}–${amount(upper)})`
      : '';
  return `${who} itself forecasts ${amount(mean)} for ${when}${range}.`;
}
