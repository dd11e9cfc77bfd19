/** What has an end: as a list, one of them, and what was just said about it. */
import type { ProposalState } from '../../core/action.ts';
import type { Day } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { type Button, bold, code, type Element, text, type View } from '../elements.ts';
import { countOf } from '../format.ts';
import { formatMoment, scopeHeading, scopeTitle, scopeWord } from './scope-words.ts';

export interface TtlShown {
  readonly scope: Scope;
  readonly until: Date;
  /** Who set it, by name. */
  readonly by: string;
  readonly setAt: Date;
  /** When the owner is asked. */
  readonly askAt: Date;
  readonly reason?: string;
  readonly askedAt?: Date;
  /** What was proposed at its end. */
  readonly proposal?: { readonly id: number; readonly status: ProposalState };
  readonly endedAt?: Date;
  /** Who took it off, by name; absent when its time was over. */
  readonly endedBy?: string;
}

export interface TtlWhen {
  readonly today: Day;
  readonly timeZone: string;
}

const SHOWN = 25;

export function composeTtls(ttls: readonly TtlShown[], when: TtlWhen): View {
  const running = ttls.filter(({ endedAt }) => !endedAt).length;
  if (ttls.length === 0)
    return {
      elements: [
        { kind: 'heading', text: 'No time limit is set' },
        {
          kind: 'text',
          spans: [
            text('Say how long an experiment may go on, and its owner is asked before it is stopped: '),
            code('ttl experiment:NAME 48h'),
            text('.'),
          ],
        },
      ],
    };
  return {
    elements: [
      {
        kind: 'heading',
        text:
          running === 0
            ? 'No time limit is set now'
            : `${countOf(running, 'time limit')} ${running === 1 ? 'is' : 'are'} set`,
      },
      {
        kind: 'table',
        columns: [
          { title: 'What' },
          { title: 'Until' },
          { title: 'State' },
          { title: 'Set by' },
          { title: 'Why' },
        ],
        rows: ttls
          .slice(0, SHOWN)
          .map((ttl) => [
            scopeTitle(ttl.scope),
            formatMoment(ttl.until, when.timeZone, when.today),
            stateWords(ttl, when),
            ttl.by,
            ttl.reason ?? '–',
          ]),
        ...(ttls.length > SHOWN && { more: `and ${ttls.length - SHOWN} more` }),
      },
    ],
  };
}

/** `verb` is what was just done; absent: only asked about. */
export function composeTtl(ttl: TtlShown, when: TtlWhen, verb?: 'set' | 'keep' | 'off'): View {
  const name = scopeHeading(ttl.scope);
  const at = formatMoment(ttl.until, when.timeZone, when.today);
  const headline = ttl.endedAt
    ? verb === 'off'
      ? `${name} has no time limit any more: it goes on`
      : `The time of ${name} was over on ${at}`
    : verb === 'keep'
      ? `${name} is kept until ${at}`
      : `${name} may go on until ${at}`;
  return {
    elements: [
      { kind: 'text', spans: [bold(headline), ...(ttl.reason ? [text(` – ${ttl.reason}`)] : [])] },
      ...(verb === 'off' ? [] : [{ kind: 'text' as const, spans: [text(whatThen(ttl, when))] }]),
      {
        kind: 'context',
        spans: [text(`Set by ${ttl.by}, ${formatMoment(ttl.setAt, when.timeZone, when.today)}.`)],
      },
      ...actions(ttl),
    ],
  };
}

export function composeNoTtl(scope: Scope): View {
  return {
    elements: [
      {
        kind: 'text',
        spans: [bold(`${scopeHeading(scope)} has no time limit: it may go on.`)],
      },
      { kind: 'text', spans: [text('Set one: '), code(`ttl ${scopeWord(scope)} 48h`), text('.')] },
    ],
  };
}

function whatThen(ttl: TtlShown, { timeZone, today }: TtlWhen): string {
  const { askAt, askedAt, proposal, endedAt } = ttl;
  if (proposal)
    return `What still ran was proposed to be stopped: proposal ${proposal.id} (${proposal.status}).`;
  if (endedAt) return 'Nothing was proposed.';
  const asked = askedAt
    ? `The owner was asked on ${formatMoment(askedAt, timeZone, today)}.`
    : `The owner is asked on ${formatMoment(askAt, timeZone, today)}.`;
  return `${asked} Then stopping what still runs is proposed; who must approve is decided as for everything else.`;
}

function stateWords(ttl: TtlShown, { timeZone, today }: TtlWhen): string {
  const { endedAt, endedBy, proposal, askedAt } = ttl;
  if (endedBy !== undefined) return `taken off by ${endedBy}`;
  if (proposal) return `${endedAt ? 'over' : 'time is over'}: proposal ${proposal.id} ${proposal.status}`;
  if (endedAt) return 'over';
  return askedAt ? `owner asked ${formatMoment(askedAt, timeZone, today)}` : 'running';
}

function actions({ scope, endedAt }: TtlShown): Element[] {
  if (endedAt) return [];
  const word = scopeWord(scope);
  const buttons: Button[] = [
    { label: 'Keep until…', action: { do: 'form', form: 'ttl-keep', text: `ttl ${word} keep` } },
    { label: 'Remove the limit', action: { do: 'command', text: `ttl ${word} off` } },
  ];
  return [{ kind: 'actions', buttons }];
}
