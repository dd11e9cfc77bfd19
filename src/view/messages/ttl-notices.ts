/** The question before a time is over, what it became, and that nothing could be stopped at its end. */
import type { Day } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { bold, type Span, text, type View } from '../elements.ts';
import { countOf, formatMoney } from '../format.ts';
import { formatMoment, scopeHeading, scopeWord } from './scope-words.ts';

interface About {
  readonly scope: Scope;
  readonly until: Date;
  readonly today: Day;
  readonly timeZone: string;
}

export interface TtlAskedShown extends About {
  /** Who set it, by name. */
  readonly by: string;
  readonly reason?: string;
  readonly mention?: Span;
  /** Of the resources that a bill names: what they cost a day now. */
  readonly cost?: { readonly resources: number; readonly micros: bigint; readonly currency: string };
}

/** Buttons outlive the end: keeping it is offered while its proposal waits. */
const HOURS = 72;

export function composeTtlAsked(shown: TtlAskedShown): View {
  const { scope, until, by, reason, mention, cost, today, timeZone } = shown;
  const word = scopeWord(scope);
  const money = cost
    ? `${countOf(cost.resources, 'resource')} of it ${cost.resources === 1 ? 'costs' : 'cost'} about ${formatMoney(cost.micros, cost.currency)} a day now. `
    : '';
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`🟠 ${scopeHeading(scope)} ends on ${formatMoment(until, timeZone, today)}`),
          ...(mention ? [text(' · '), mention] : []),
        ],
      },
      {
        kind: 'text',
        spans: [
          text(
            `${money}Is it still needed? If nobody keeps it, stopping what still runs is proposed then. Set by ${by}${reason ? `: ${reason}` : ''}.`,
          ),
        ],
      },
      {
        kind: 'actions',
        buttons: [
          {
            label: 'Keep 24 h',
            style: 'primary',
            action: { do: 'command', text: `ttl ${word} keep 24h` },
            once: true,
            hours: HOURS,
          },
          {
            label: 'Keep until…',
            action: { do: 'form', form: 'ttl-keep', text: `ttl ${word} keep` },
            hours: HOURS,
          },
          {
            label: 'Stop now…',
            style: 'danger',
            action: { do: 'form', form: 'proposal', text: `stop ${word}`, slow: true },
            hours: HOURS,
          },
        ],
      },
    ],
  };
}

export interface TtlAnsweredShown extends About {
  readonly verb: 'set' | 'keep' | 'off' | 'end';
  /** Who answered, by name. */
  readonly by: string;
}

/** The question once it is answered. */
export function composeTtlAnswered({ scope, verb, by, until, today, timeZone }: TtlAnsweredShown): View {
  const name = scopeHeading(scope);
  const at = formatMoment(until, timeZone, today);
  const words = {
    set: `⚪ ${name} may go on until ${at}: set anew by ${by}`,
    keep: `🟢 ${name} is kept until ${at} by ${by}`,
    off: `⚪ ${name} has no time limit any more: taken off by ${by}`,
    end: `⚪ The time of ${name} was over on ${at}`,
  }[verb];
  return {
    elements: [
      { kind: 'text', spans: [bold(words)] },
      {
        kind: 'actions',
        buttons: [{ label: 'Details', action: { do: 'command', text: `ttl ${scopeWord(scope)}` } }],
      },
    ],
  };
}

const NAMED = 5;

export function composeTtlStuck(
  shown: About & { readonly refused: readonly { readonly name: string; readonly said: string }[] },
): View {
  const { scope, until, refused, today, timeZone } = shown;
  const more = refused.length - NAMED;
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`🔴 The time of ${scopeHeading(scope)} is over, but nothing of it could be stopped`),
          text(` (it ended on ${formatMoment(until, timeZone, today)}).`),
        ],
      },
      {
        kind: 'list',
        items: [
          ...refused.slice(0, NAMED).map(({ name, said }): Span[] => [bold(name), text(` · ${said}`)]),
          ...(more > 0 ? [[text(`and ${more} more`)]] : []),
        ],
      },
      {
        kind: 'actions',
        buttons: [
          {
            label: 'Stop…',
            style: 'danger',
            action: { do: 'form', form: 'proposal', text: `stop ${scopeWord(scope)}`, slow: true },
          },
        ],
      },
    ],
  };
}
