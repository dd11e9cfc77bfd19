/** What off-hours schedules say aloud: people come to work and it is not there, or it ran all night. */
import type { Day } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import { type Button, bold, type Element, type Span, text, type View } from '../elements.ts';
import { countOf } from '../format.ts';
import { formatMoment, scopeTitle } from './scope-words.ts';

interface About {
  /** Of the schedule. */
  readonly name: string;
  readonly scope: Scope;
  /** When the turn was due. */
  readonly at: Date;
  /** Whom it concerns, where somebody owns it. */
  readonly mention?: Span;
  readonly today: Day;
  readonly timeZone: string;
}

export interface MissedTurnShown extends About {
  readonly turn: 'stop' | 'start';
  readonly why: 'late' | 'overtaken';
  /** Proposals that stopped what should run now. */
  readonly stopped: readonly { readonly id: number; readonly names: readonly string[] }[];
}

const NAMED = 5;
/** Undoing it is offered as long as the night is not forgotten. */
const HOURS = 72;

export function composeMissedTurn(shown: MissedTurnShown): View {
  const { name, scope, turn, why, at, stopped, today, timeZone } = shown;
  const due = formatMoment(at, timeZone, today);
  const because =
    why === 'late'
      ? 'Pennywatch could not do it within 3 hours of that time'
      : 'Pennywatch could not do it before the next turn came';
  if (turn === 'stop')
    return {
      elements: [
        line([bold(`⚪ Schedule ${name} stopped nothing of ${scopeTitle(scope)}`), text(` on ${due}.`)]),
        line([text(`${because}, so what ran went on running. It stops again at the next stop.`)]),
        actions([details()]),
      ],
    };
  const names = stopped.flatMap((one) => one.names);
  return {
    elements: [
      line([
        bold(`🔴 Not started: ${listed(names)}`),
        text(' · '),
        ...(shown.mention ? [shown.mention] : [text(scopeTitle(scope))]),
      ]),
      line([
        text(
          `Schedule ${name} should have started ${names.length === 1 ? 'it' : 'them'} on ${due}. ${because}. Start what you need now; the rest comes with the next start.`,
        ),
      ]),
      actions([
        ...stopped.map(
          ({ id, names: some }): Button => ({
            label: `Start ${countOf(some.length, 'resource')}`,
            style: 'primary',
            action: { do: 'command', text: `proposal ${id} undo` },
            once: true,
            hours: HOURS,
          }),
        ),
        details(),
      ]),
    ],
  };
}

export interface NotStartedShown extends About {
  readonly proposal: number;
  readonly dry: boolean;
  readonly trouble: readonly { readonly name: string; readonly said: string }[];
  /** How many do run. */
  readonly started: number;
}

export function composeNotStarted(shown: NotStartedShown): View {
  const { name, scope, proposal, trouble, started, at, today, timeZone, dry } = shown;
  const due = formatMoment(at, timeZone, today);
  const named = trouble.slice(0, NAMED);
  const more = trouble.length - named.length;
  return {
    elements: [
      line([
        bold(`🔴 Not started: ${listed(trouble.map((one) => one.name))}`),
        text(' · '),
        ...(shown.mention ? [shown.mention] : [text(scopeTitle(scope))]),
      ]),
      line([
        text(
          `Schedule ${name} should have started ${trouble.length === 1 ? 'it' : 'them'} on ${due}${started > 0 ? `; ${countOf(started, 'other runs', 'others run')}` : ''}. ${
            dry
              ? 'Somebody set the mode to dry-run since the stop: start it at its provider, or set actions.mode again.'
              : 'Start it at its provider: the schedule does not try again today.'
          }`,
        ),
      ]),
      {
        kind: 'list',
        items: [
          ...named.map((one): Span[] => [bold(one.name), text(` · ${one.said}`)]),
          ...(more > 0 ? [[text(`and ${more} more: proposal ${proposal}`)]] : []),
        ],
      },
      actions([
        { label: 'Details', action: { do: 'command', text: `proposal ${proposal}` }, hours: HOURS },
        details(),
      ]),
    ],
  };
}

function listed(names: readonly string[]): string {
  const named = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${named} and ${names.length - 3} more` : named;
}

function line(spans: readonly Span[]): Element {
  return { kind: 'text', spans };
}

function actions(buttons: readonly Button[]): Element {
  return { kind: 'actions', buttons };
}

function details(): Button {
  return { label: 'Schedules', action: { do: 'command', text: 'schedules' } };
}
