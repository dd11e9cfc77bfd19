/** What was changed about a budget, now and ever. */
import type { Day } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { type Button, bold, text, type View } from '../elements.ts';
import { countOf, formatMoney } from '../format.ts';
import { formatMoment, scopeHeading, scopeTitle, scopeWord } from './scope-words.ts';

/** Changes shown before "and N older". */
const SHOWN = 25;

export function composeBudgetChanged(input: {
  scope: Scope;
  period: string;
  before?: { readonly amountMicros: bigint; readonly currency: string };
  after?: { readonly amountMicros: bigint; readonly currency: string };
}): View {
  const { scope, period, before, after } = input;
  const money = (one: typeof before) => (one ? formatMoney(one.amountMicros, one.currency) : 'none');
  const [was, is] = [money(before), money(after)];
  return {
    elements: [
      {
        kind: 'text',
        spans:
          was === is && before?.amountMicros === after?.amountMicros
            ? [
                bold(`${scopeHeading(scope)} has that ${period} budget already: ${is}.`),
                text(' Nothing was changed.'),
              ]
            : [
                bold(`${scopeHeading(scope)}: ${period} budget ${was} → ${is}.`),
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

export function composeBudgetHistory(input: {
  scope: Scope;
  today: Day;
  timeZone: string;
  events: readonly {
    readonly at: Date;
    readonly by: string;
    readonly period: string;
    readonly before?: { readonly amountMicros: bigint; readonly currency: string };
    readonly after?: { readonly amountMicros: bigint; readonly currency: string };
  }[];
}): View {
  const { scope, today, timeZone, events } = input;
  const shown = events.slice(0, SHOWN);
  const money = (one: { amountMicros: bigint; currency: string } | undefined) =>
    one ? formatMoney(one.amountMicros, one.currency) : 'none';
  return {
    elements: [
      {
        kind: 'heading',
        text:
          events.length === 0
            ? `Nothing was ever decided about a budget of ${scopeTitle(scope)}`
            : `Budget of ${scopeTitle(scope)}: ${countOf(events.length, 'change')}`,
      },
      ...(events.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              columns: [
                { title: 'When' },
                { title: 'Who' },
                { title: 'Period' },
                { title: 'Before', align: 'right' as const },
                { title: 'After', align: 'right' as const },
              ],
              rows: shown.map(({ at, by, period, before, after }) => [
                formatMoment(at, timeZone, today),
                by,
                period,
                money(before),
                money(after),
              ]),
              ...(events.length > SHOWN && { more: `and ${events.length - SHOWN} older changes` }),
            },
          ]),
      {
        kind: 'actions',
        buttons: [{ label: 'Show budget', action: { do: 'command', text: `budget ${scopeWord(scope)}` } }],
      },
    ],
  };
}

export function historyButton(scope: Scope): Button {
  return { label: 'History', action: { do: 'command', text: `budget history ${scopeWord(scope)}` } };
}
