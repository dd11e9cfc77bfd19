/** The small print of a report: basis, coverage, freshness, restated bills, how the forecast is made, warnings. */
import { earlier } from '../../core/day.ts';
import { BASIS_COLUMN } from '../../core/dimension.ts';
import { type Element, type Span, text } from '../elements.ts';
import { spansToText } from '../fallback.ts';
import { countOf, formatDay, formatMoney, formatRange, formatShare, formatSignedMoney } from '../format.ts';
import { type Sentences, say } from '../templates/sentence.ts';
import { completeSources } from './answer-words.ts';
import type { ReportFacts } from './weekly-report-types.ts';

/** Restated days that are named; all of them stand in the thread. */
export const SHOWN_RESTATED = 3;
/** Sources that are named one by one. */
const NAMED_SOURCES = 5;

export function reportSmallPrint(facts: ReportFacts, sentences: Sentences): Element[] {
  const lines: (Span[] | string | undefined)[] = [
    basisLine(facts, sentences),
    restatedSpans(facts, sentences),
    forecastLine(facts),
    unconvertedLine(facts),
    ...facts.answer.warnings.map((warning) => `⚠ ${warning}`),
  ];
  return lines.flatMap((line): Element[] => {
    const spans = typeof line === 'string' ? [text(line)] : (line ?? []);
    return spans.length > 0 ? [{ kind: 'context', spans }] : [];
  });
}

function basisLine(facts: ReportFacts, sentences: Sentences): string {
  const { answer, currency, unallocated, by, rows } = facts;
  const coverage =
    by === 'model' && answer.allocated !== undefined && rows.length > 0
      ? say(sentences, 'report-coverage', {
          allocated: unallocated !== 0n && answer.allocated > 0.995 ? '>99 %' : formatShare(answer.allocated),
          unclaimed: unallocated === null || unallocated === 0n ? null : formatMoney(unallocated, currency),
        })
      : [];
  const apart = answer.categories
    .filter(({ key, cost }) => key !== 'Usage' && cost !== 0n)
    .map(({ key, cost }) => `${key.toLowerCase()} ${formatMoney(cost, currency)}`);
  return [
    BASIS_COLUMN[answer.basis],
    currency,
    spansToText(coverage),
    apart.length > 0 ? `${isWhole(facts) ? '' : 'the week so far '}includes ${apart.join(', ')}` : '',
    sharedWords(facts),
    freshness(facts),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The answer behind the report also counts what is still arriving; its parts are said as such. */
function isWhole({ complete, period }: ReportFacts): boolean {
  return complete?.end === period.end;
}

function sharedWords(facts: ReportFacts): string {
  const { currency } = facts;
  const { shared } = facts.answer;
  if (!shared || shared.shared === null || shared.shared === 0n) return '';
  return `${formatMoney(shared.shared, currency)} of ${isWhole(facts) ? 'it' : 'the week so far'} shared out of common cost`;
}

/** "aws complete until Sun 16 Nov, gcp until Sat 15 Nov". */
function freshness({ answer, today }: ReportFacts): string {
  const known = completeSources(answer);
  const [first] = known;
  if (!first) return '';
  if (known.every(({ watermark }) => watermark === first.watermark))
    return `${known.length > NAMED_SOURCES ? countOf(known.length, 'source') : known.map(({ name }) => name).join(', ')} complete until ${formatDay(first.watermark, today)}`;
  if (known.length > NAMED_SOURCES)
    return `${countOf(known.length, 'source')}, all complete until ${formatDay(known.map(({ watermark }) => watermark).reduce(earlier), today)} or later`;
  return known
    .map(
      ({ name, watermark }, index) =>
        `${name} ${index === 0 ? 'complete until' : 'until'} ${formatDay(watermark, today)}`,
    )
    .join(', ');
}

function restatedSpans({ restated, currency, today, alone }: ReportFacts, sentences: Sentences): Span[] {
  if (!restated) return [];
  const { days, net, lastWeek, rulesChanged } = restated;
  const named = days
    .slice(0, SHOWN_RESTATED)
    .map(({ source, day, change }) => `${source} ${formatDay(day, today)} ${signed(change, currency)}`);
  const rest = days.length - SHOWN_RESTATED;
  return say(sentences, 'report-restated', {
    last: `week of ${formatRange({ start: lastWeek, end: lastWeek }, today)}`,
    net: signed(net, currency),
    days: `${named.join(', ')}${rest > 0 ? `, and ${countOf(rest, 'more day')}${alone ? '' : ' in the thread'}` : ''}`,
    rules: rulesChanged,
  });
}

/** How the forecast comes about, so that nobody takes it for more than it is. */
function forecastLine({ month: { forecast, until }, today }: ReportFacts): string | undefined {
  if (!forecast || !until || forecast.range === 'none-left') return undefined;
  return `Forecast: cost until ${formatDay(until, today)}, plus its usage continued by the method that did best on the last ${countOf(forecast.learntDays, 'complete day')}, plus last month's taxes and fees on the days to come; the range is as wide as the errors of that method when tried from past days.`;
}

function unconvertedLine({ answer }: ReportFacts): string | undefined {
  const { unconverted, currency: to } = answer;
  if (unconverted.length === 0) return undefined;
  const amounts = unconverted.map(({ currency, micros }) => formatMoney(micros, currency)).join(' and ');
  return `${amounts} could not be converted to ${to} and is in no figure above.`;
}

function signed(change: bigint | null, currency: string): string {
  return change === null ? 'unknown' : formatSignedMoney(change, currency);
}
