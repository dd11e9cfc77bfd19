/** Words about sources: their state, polling, requests, history and days that were restated. */
import { decimalToMicros } from '../../core/money.ts';
import { code, type Span, text } from '../elements.ts';
import { countOf, formatDay, formatMoney, formatRange, formatShare, formatTime, UNKNOWN } from '../format.ts';
import type { PollingReport, RestatedDay, SourceReport } from './sources-types.ts';

/** Longer errors are cut where somebody reads many things: `/cost sources NAME` has them whole. */
const LONGEST = 200;

/** What to do, with `commands` as code. */
export function hintSpans(hint: string): Span[] {
  return hint
    .split(/`([^`\n]+)`/)
    .flatMap((part, index) => (part === '' ? [] : [index % 2 === 1 ? code(part) : text(part)]));
}

/** An error as part of a sentence: one line, no full stop at its end, cut with "…". */
export function sentenceOf(error: string, longest = LONGEST): string {
  const line = error.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).replace(/[\s:;,]+$/, '')}…`;
}

/** "fresh", "stale: failed 3 times", "fresh, history 62 %, polling now": a cell of the table. */
export function stateWords(source: SourceReport): string {
  const { polling } = source;
  const loading = polling?.history.loading;
  return [
    conditionWords(source),
    loading && source.condition !== 'never-polled' ? `history ${formatShare(loading.done)}` : '',
    polling?.runningSince ? 'polling now' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function conditionWords({ condition, polling }: SourceReport): string {
  const failures = polling?.failures ?? 0;
  switch (condition) {
    case 'fresh':
    case 'loading':
      return 'fresh';
    case 'failing':
      return `failed ${timesWords(failures)}`;
    case 'stale':
      return failures > 0 ? `stale: failed ${timesWords(failures)}` : 'stale';
    case 'failed':
      return 'failed';
    case 'nothing-complete':
      return 'nothing complete yet';
    case 'never-polled':
      return 'never polled';
    case 'waiting':
      return 'waiting';
    case 'not-polled':
      return 'not polled any more';
  }
}

/** "failing (3 times since Thu 19 Nov, 06:00)"; empty while it does not fail. */
export function failingWords({ failures, failingSince }: PollingReport, timeZone: string): string {
  if (failures === 0) return '';
  const since = failingSince ? ` since ${formatTime(failingSince, timeZone)}` : '';
  return failures === 1
    ? `failing (once, ${failingSince ? formatTime(failingSince, timeZone) : 'just now'})`
    : `failing (${timesWords(failures)}${since})`;
}

/** "14 requests (2 failed), $0.12 today; $3.10 this month; budget 40 a day". */
export function requestWords({ requests, budget }: PollingReport): string {
  const { today, month, currency } = requests;
  const limit = budget === undefined ? [] : [`budget ${budget.toLocaleString('en-US')} a day`];
  if (month.sent === 0) return ['no request this month', ...limit].join('; ');
  const money = (micros: bigint) => toTheCent(micros, currency);
  const failed = today.failed > 0 ? ` (${today.failed.toLocaleString('en-US')} failed)` : '';
  const asked = `${countOf(today.sent, 'request')}${failed}`;
  const parts =
    month.costMicros > 0n
      ? [
          `${asked}${today.costMicros > 0n ? `, ${money(today.costMicros)}` : ''} today`,
          `${money(month.costMicros)} this month`,
        ]
      : [`${asked} today`, `${month.sent.toLocaleString('en-US')} this month`];
  return [...parts, ...limit].join('; ');
}

/** "next Sat 21 Nov, 18:00", "polling since …", "due now", "polled by hand". */
export function nextWords(polling: PollingReport, now: number, timeZone: string): string {
  const { runningSince, nextPoll, configured } = polling;
  if (runningSince) return `polling since ${formatTime(runningSince, timeZone)}`;
  if (!configured) return 'polled by hand only: it is not in pennywatch.yaml';
  if (!nextPoll) return 'first poll when the server runs';
  return nextPoll.getTime() <= now ? 'next poll due now' : `next poll ${formatTime(nextPoll, timeZone)}`;
}

/** "history back to 1 Jun, loading to 1 Oct 2025 (62 %)", "history back to 1 Oct 2025"; empty before the first poll. */
export function historyWords({ history }: PollingReport, today: string): string {
  const { from, loading } = history;
  const day = (on: string) => formatRange({ start: on, end: on }, today);
  if (loading)
    return `history back to ${day(loading.from)}, loading to ${day(loading.wanted)} (${formatShare(loading.done)})`;
  return from === undefined ? '' : `history back to ${day(from)}`;
}

/** "12 Nov: $1,204.10 → $1,180.55 (−$23.55), said on 19 Nov". */
export function restatedWords(restated: RestatedDay, today: string, accounts: boolean): string {
  const { day, before, after, change, currency, at, billingAccount } = restated;
  const account = accounts ? ` (${billingAccount})` : '';
  const said = at.toISOString().slice(0, 10);
  const moved = change === null ? '' : ` (${change.startsWith('-') ? '' : '+'}${cents(change, currency)})`;
  return `${formatRange({ start: day, end: day }, today)}${account}: ${cents(before, currency)} → ${cents(after, currency)}${moved}, said on ${formatRange({ start: said, end: said }, today)}`;
}

/** Bills that moved are compared to the cent. */
function cents(amount: string | null, currency: string): string {
  if (amount === null) return UNKNOWN;
  return toTheCent(decimalToMicros(amount), currency);
}

function toTheCent(micros: bigint, currency: string): string {
  const size = micros < 0n ? -micros : micros;
  if (size < 10_000n || !/^[A-Z]{3}$/.test(currency)) return formatMoney(micros, currency);
  const text = (Number(size) / 1e6).toLocaleString('en-US', { style: 'currency', currency });
  return micros < 0n ? `−${text}` : text;
}

/** "yes, 412 days", "no, 2 days of 412 differ". */
export function addsUpWords({ kind, reconciled: { days, different } }: SourceReport): string {
  if (kind === 'usage') return 'usage, no cost';
  if (days === 0) return 'not checked';
  return different === 0
    ? `yes, ${countOf(days, 'day')}`
    : `no, ${countOf(different, 'day')} of ${days} differ`;
}

/** When it last came in: to the minute when it is polled, else the day. */
export function lastWords({ polling, lastImport }: SourceReport, today: string, timeZone: string): string {
  if (polling) return polling.lastSuccessAt ? formatTime(polling.lastSuccessAt, timeZone) : 'never';
  return lastImport ? formatDay(lastImport.at.toISOString().slice(0, 10), today) : 'never';
}

export function timesWords(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count.toLocaleString('en-US')} times`;
}
