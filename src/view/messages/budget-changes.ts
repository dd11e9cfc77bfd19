/** What was changed about a budget, now and ever. */
import type { Day } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { type Button, bold, text, type View } from '../elements.ts';
import { countOf } from '../format.ts';
import { budgetAmount, budgetWords, dayWords } from './budget-words.ts';
import { formatMoment, scopeHeading, scopeTitle, scopeWord } from './scope-words.ts';

/** Changes shown before "and N older". */
const SHOWN = 25;

interface Amount {
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly metric?: string;
  readonly startDay?: string;
  readonly endDay?: string;
}

export function composeBudgetChanged(input: {
  scope: Scope;
  period: string;
  metric?: string;
  before?: Amount;
  after?: Amount;
}): View {
  const { scope, before, after } = input;
  const words = budgetWords(input);
  const [was, is] = [termsWords(before, after), termsWords(after, before)];
  return {
    elements: [
      {
        kind: 'text',
        spans:
          before && before === after
            ? [
                bold(`${scopeHeading(scope)} has that ${words} already: ${is}.`),
                text(' Nothing was changed.'),
              ]
            : [
                bold(`${scopeHeading(scope)}: ${words} ${was} → ${is}.`),
                text(' Written down with your name and the time.'),
              ],
      },
      {
        kind: 'actions',
        buttons: [
          { label: 'Show budget', action: { do: 'command', text: `budget ${scopeWord(scope)}` } },
          historyButton(scope),
        ],
      },
    ],
  };
}

/** "$5,000", with its days where they are not those of `other`: "$5,000 (20 Nov – 10 Dec)". */
function termsWords(one: Amount | undefined, other: Amount | undefined): string {
  if (!one) return 'none';
  const amount = budgetAmount(one.amountMicros, one);
  const { startDay, endDay } = one;
  if (!startDay || (other && other.startDay === startDay && other.endDay === endDay)) return amount;
  const first = dayWords(startDay, startDay);
  return `${amount} (${endDay ? `${first} – ${dayWords(endDay, startDay)}` : `from ${first}`})`;
}

export function composeBudgetHistory(input: {
  scope: Scope;
  today: Day;
  timeZone: string;
  events: readonly {
    readonly at: Date;
    readonly by: string;
    readonly did: string;
    readonly period: string;
    readonly metric?: string;
    readonly before?: Amount;
    readonly after?: Amount;
    readonly request?: number;
    readonly note?: string;
  }[];
}): View {
  const { scope, today, timeZone, events } = input;
  const shown = events.slice(0, SHOWN);
  const amount = (one: Amount | undefined) => (one ? budgetAmount(one.amountMicros, one) : 'none');
  return {
    elements: [
      {
        kind: 'heading',
        text:
          events.length === 0
            ? `Nothing was ever decided about a budget of ${scopeTitle(scope)}`
            : `Budget of ${scopeTitle(scope)}: ${countOf(events.length, 'entry', 'entries')}`,
      },
      ...(events.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: [
                { title: 'When' },
                { title: 'Who' },
                { title: 'What' },
                { title: 'Budget' },
                { title: 'Before', align: 'right' as const },
                { title: 'After', align: 'right' as const },
                { title: 'Why' },
              ],
              rows: shown.map(({ at, by, did, before, after, note, ...event }) => [
                formatMoment(at, timeZone, today),
                by,
                didWords(did, event.request),
                budgetWords(event),
                isChange(did) ? amount(before) : '',
                did === 'remove' ? 'none' : amount(after),
                note ?? '',
              ]),
              ...(events.length > SHOWN && { more: `and ${events.length - SHOWN} older entries` }),
            },
          ]),
      {
        kind: 'actions',
        buttons: [{ label: 'Show budget', action: { do: 'command', text: `budget ${scopeWord(scope)}` } }],
      },
    ],
  };
}

function isChange(did: string): boolean {
  return did === 'create' || did === 'update' || did === 'remove';
}

/** "changed", "asked for (request 12)". */
function didWords(did: string, request: number | undefined): string {
  const words: Readonly<Record<string, string>> = {
    create: 'set',
    update: 'changed',
    remove: 'removed',
    request: 'asked for',
    approve: 'approved',
    decline: 'declined',
    withdraw: 'withdrew',
    expire: 'expired',
  };
  return `${words[did] ?? did}${request === undefined ? '' : ` (request ${request})`}`;
}

export function historyButton(scope: Scope): Button {
  return { label: 'History', action: { do: 'command', text: `budget history ${scopeWord(scope)}` } };
}
