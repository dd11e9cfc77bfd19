/** The part of the app's home that waits for its reader: anomalies, proposals, time limits, reports, what they may do. */
import type { ActionMode, ProposalState } from '../../core/action.ts';
import type { Day } from '../../core/day.ts';
import { parseScope } from '../../core/scope.ts';
import { type Button, bold, type Element, type Span, text } from '../elements.ts';
import { countOf, formatMoney } from '../format.ts';
import { type AnomalyShown, anomalyHeadline, anomalyId, stateLine } from './anomaly-words.ts';
import { formatMoment, scopeTitle } from './scope-words.ts';

export interface HomeMine {
  /** Open ones first. */
  readonly anomalies: readonly AnomalyShown[];
  /** What waits for the reader first. */
  readonly proposals: readonly HomeProposal[];
  readonly limits: readonly HomeLimit[];
  readonly reports: readonly {
    readonly scope: string;
    readonly frequency: string;
    readonly to: 'you' | 'team';
  }[];
  /** In words. */
  readonly mayChange: string;
  readonly mode: ActionMode;
  readonly timeZone: string;
}

export interface HomeProposal {
  readonly id: number;
  readonly title: string;
  /** approve: it waits for the reader. asked: the reader asked for it. */
  readonly role: 'approve' | 'asked';
  /** Who asked, by name. */
  readonly by: string;
  readonly status: ProposalState;
  readonly expiresAt: Date;
  readonly currency: string;
  /** Per day; absent: unknown. */
  readonly savingMicros?: bigint;
  readonly approved: number;
  readonly approvalsNeeded: number;
}

/** Until when something may go on. */
export interface HomeLimit {
  readonly scope: string;
  readonly until: Date;
}

/** Rows of each list; the rest is counted, and one click away. */
const SHOWN = 5;
const BUTTONS = 4;

/** What waits for the reader. */
export function waitingElements(mine: HomeMine, today: Day): Element[] {
  return [...anomalyElements(mine, today), ...proposalElements(mine, today), ...limitElements(mine, today)];
}

function anomalyElements({ anomalies, timeZone }: HomeMine, today: Day): Element[] {
  if (anomalies.length === 0) return [plain('No anomaly waits for you or your teams.')];
  const open = anomalies.filter(({ state }) => state === 'open').length;
  const others = anomalies.length - open;
  const counts = [open > 0 && `${open} open`, others > 0 && `${others} taken, snoozed or expected`];
  return [
    title('Your anomalies: ', counts.filter(Boolean).join(', ')),
    list(
      anomalies
        .slice(0, SHOWN)
        .map((anomaly) => [
          bold(`${anomalyId(anomaly.id)} `),
          text(
            `${anomalyHeadline(anomaly, today)}${anomaly.state === 'open' ? '' : ` · ${stateLine(anomaly, timeZone, today)}`}`,
          ),
        ]),
      anomalies.length - SHOWN,
    ),
    {
      kind: 'actions',
      buttons: anomalies.slice(0, BUTTONS).map(
        ({ id }): Button => ({
          label: `Investigate ${anomalyId(id)}`,
          action: { do: 'form', form: 'anomaly-investigate', text: `anomaly ${id}`, slow: true },
        }),
      ),
    },
  ];
}

function proposalElements({ proposals, timeZone }: HomeMine, today: Day): Element[] {
  if (proposals.length === 0) return [];
  const waiting = proposals.filter(({ role }) => role === 'approve').length;
  const rest = proposals.length - waiting;
  const counts = [
    waiting > 0 && `${countOf(waiting, 'proposal')} ${waiting === 1 ? 'waits' : 'wait'} for you`,
    rest > 0 && `${rest} of your own`,
  ];
  return [
    title('To shut down: ', counts.filter(Boolean).join(', ')),
    list(
      proposals
        .slice(0, SHOWN)
        .map((proposal): Span[] => [
          bold(`${proposal.title} `),
          text(`(proposal ${proposal.id}) · ${proposalFacts(proposal, timeZone, today)}`),
        ]),
      proposals.length - SHOWN,
    ),
    {
      kind: 'actions',
      buttons: [
        ...proposals
          .slice(0, BUTTONS)
          .map(({ id, role }) =>
            command(`${role === 'approve' ? 'Decide about' : 'See'} proposal ${id}`, `proposal ${id}`),
          ),
        command('All actions', 'actions'),
      ],
    },
  ];
}

function proposalFacts(proposal: HomeProposal, timeZone: string, today: Day): string {
  const { role, by, status, expiresAt, currency, savingMicros, approved, approvalsNeeded } = proposal;
  return [
    savingMicros === undefined ? 'saving unknown' : `saves ${formatMoney(savingMicros, currency)} a day`,
    role === 'approve' ? `asked by ${by}` : 'you asked',
    status === 'waiting'
      ? `${approved} of ${countOf(approvalsNeeded, 'approval')}, until ${formatMoment(expiresAt, timeZone, today)}`
      : status,
  ].join(' · ');
}

function limitElements({ limits, timeZone }: HomeMine, today: Day): Element[] {
  if (limits.length === 0) return [];
  return [
    title('Until when it may run: ', ''),
    list(
      limits
        .slice(0, SHOWN)
        .map(({ scope, until }) => [
          bold(scopeTitle(parseScope(scope))),
          text(` until ${formatMoment(until, timeZone, today)}`),
        ]),
      limits.length - SHOWN,
    ),
    { kind: 'actions', buttons: [command('Time limits', 'ttl')] },
  ];
}

/** What the reader gets and may do, at the end. */
export function standingElements(mine: HomeMine): Element[] {
  const { reports, mayChange, mode } = mine;
  const told = reports
    .slice(0, SHOWN)
    .map(
      ({ scope, frequency, to }) =>
        `${scopeTitle(parseScope(scope))} ${frequency}${to === 'you' ? '' : ' in the team’s channel'}`,
    );
  const more = reports.length > SHOWN ? ` and ${reports.length - SHOWN} more` : '';
  return [
    title('Reports: ', told.length === 0 ? 'none yet' : `${told.join(', ')}${more}`),
    title('You may change ', `${mayChange.replace(/\.$/, '')}. ${MODE_WORDS[mode]}`),
    {
      kind: 'actions',
      buttons: [
        { label: 'Subscribe…', action: { do: 'form', form: 'subscribe', text: 'subscribe' } },
        command('Subscriptions', 'subscribe list'),
      ],
    },
  ];
}

const MODE_WORDS: Readonly<Record<ActionMode, string>> = {
  'dry-run': 'Actions are in dry-run: they are planned and shown, nothing is called.',
  approve: 'Actions run once somebody else has approved them.',
  live: 'Small actions run at once, larger ones once somebody else has approved them.',
};

function title(words: string, rest: string): Element {
  return { kind: 'text', spans: [bold(words), text(rest)] };
}

function plain(words: string): Element {
  return { kind: 'text', spans: [text(words)] };
}

function list(items: readonly (readonly Span[])[], left: number): Element {
  return { kind: 'list', items: left > 0 ? [...items, [text(`and ${left} more`)]] : items };
}

function command(label: string, words: string): Button {
  return { label, action: { do: 'command', text: words } };
}
