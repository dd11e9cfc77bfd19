/** Off-hours schedules as a list: when each turns next, what became of its last turns, what was left out and why. */
import type { ActionMode, ProposalState } from '../../core/action.ts';
import type { Day } from '../../core/day.ts';
import type { Scope } from '../../core/scope.ts';
import type { Weekday } from '../../core/settings.ts';
import { bold, code, type Element, italic, type Span, text, type View } from '../elements.ts';
import { formatDay } from '../format.ts';
import { formatMoment, scopeTitle } from './scope-words.ts';

export interface ScheduleShown {
  readonly name: string;
  readonly scope: Scope;
  readonly environment?: string;
  readonly days: readonly Weekday[];
  readonly stop: string;
  readonly start?: string;
  readonly timeZone: string;
  readonly country?: string;
  readonly countryKnown: boolean;
  readonly nextStop?: Date;
  readonly nextStart?: Date;
  /** The next day off that falls on one of its days. */
  readonly nextHoliday?: { readonly day: Day; readonly name: string };
  /** Newest first. */
  readonly turns: readonly TurnShown[];
  readonly today: Day;
}

export interface TurnShown {
  readonly turn: 'stop' | 'start';
  readonly at: Date;
  readonly proposal?: { readonly id: number; readonly status: ProposalState; readonly words: string };
  readonly skipped?: string;
}

/** Turns that are shown of each. */
export const TURNS = 4;

export function composeSchedules(schedules: readonly ScheduleShown[], mode: ActionMode): View {
  if (schedules.length === 0)
    return {
      elements: [
        { kind: 'heading', text: 'There is no off-hours schedule yet' },
        {
          kind: 'text',
          spans: [
            text('An admin writes one in pennywatch.yaml under '),
            code('actions.schedules'),
            text(', for example: '),
            code('{ name: dev-nights, scope: team:search, environment: dev, stop: "19:00", start: "07:00" }'),
            text('.'),
          ],
        },
      ],
    };
  const count = schedules.length === 1 ? '1 off-hours schedule' : `${schedules.length} off-hours schedules`;
  return {
    elements: [
      { kind: 'heading', text: mode === 'dry-run' ? `${count} · dry run` : count },
      ...schedules.flatMap((schedule, index): Element[] => [
        ...(index > 0 ? [{ kind: 'divider' } as const] : []),
        ...composeOne(schedule),
      ]),
      { kind: 'context', spans: [text(MODE_WORDS[mode])] },
    ],
  };
}

const MODE_WORDS: Readonly<Record<ActionMode, string>> = {
  'dry-run': 'In dry run each turn is planned and shown, and nothing is called.',
  approve: 'Each stop asks for approval in the channel; starts need none.',
  live: 'Stops and starts run by themselves, except those that need the approval of two people.',
};

function composeOne(schedule: ScheduleShown): Element[] {
  const { name, scope, environment, stop, start, timeZone, turns, today } = schedule;
  const where = environment ?? 'everything that is known not to be prod';
  const daily = start === undefined ? `stop ${stop}` : `stop ${stop}, start ${start}`;
  return [
    {
      kind: 'text',
      spans: [
        bold(name),
        text(`: ${scopeTitle(scope)}, ${where} · ${daily}, ${daysWords(schedule)} (${timeZone})`),
      ],
    },
    { kind: 'text', spans: [text(nextWords(schedule)), ...countryWarning(schedule)] },
    ...(turns.length > 0
      ? [{ kind: 'list' as const, items: turns.map((turn) => turnLine(turn, { timeZone, today })) }]
      : []),
  ];
}

function daysWords({ days }: ScheduleShown): string {
  const short = (day: Weekday | undefined) => (day ? `${day.charAt(0).toUpperCase()}${day.slice(1, 3)}` : '');
  const working = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
  if (days.length === 7) return 'every day';
  return days.join() === working.join() ? 'Mon–Fri' : days.map(short).join(', ');
}

function nextWords({ nextStop, nextStart, nextHoliday, start, timeZone, today }: ScheduleShown): string {
  const at = (moment: Date | undefined) =>
    moment ? formatMoment(moment, timeZone, today) : 'none in 60 days';
  const parts = [
    `Next stop: ${at(nextStop)}`,
    start === undefined ? 'somebody starts it by hand' : `next start: ${at(nextStart)}`,
    ...(nextHoliday ? [`next day off: ${formatDay(nextHoliday.day, today)} (${nextHoliday.name})`] : []),
  ];
  return `${parts.join(' · ')}.`;
}

function countryWarning({ country, countryKnown }: ScheduleShown): Span[] {
  if (countryKnown || country === undefined) return [];
  return [text(' '), italic(`No public holidays are known for ${country}: write them under holidays.`)];
}

function turnLine(
  { turn, at, proposal, skipped }: TurnShown,
  { timeZone, today }: { readonly timeZone: string; readonly today: Day },
): Span[] {
  const what = proposal ? `proposal ${proposal.id}: ${proposal.words}` : undefined;
  const words = [what, skipped].filter((one) => one !== undefined).join(' · ');
  return [
    text(`${turn === 'stop' ? 'Stop' : 'Start'} ${formatMoment(at, timeZone, today)}: ${words || 'done'}`),
  ];
}
