/** The proposals that wait for the reader of the app's home, and those the reader asked for. */
import type { Day } from '../../core/day.ts';
import { bold, type Element, type Span, text } from '../elements.ts';
import { countOf, formatMoney } from '../format.ts';
import { BUTTONS, command, list, SHOWN, title } from './home-lines.ts';
import type { HomeMine, HomeProposal } from './home-types.ts';
import { formatMoment } from './scope-words.ts';

export function proposalElements({ proposals, timeZone }: HomeMine, today: Day): Element[] {
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
