/** Everything that was asked for: what waits, what was done, and what it saves. Amounts are micros. */
import type { Day } from '../../core/day.ts';
import { type Button, bold, type Element, type Span, text, type View } from '../elements.ts';
import { countOf, formatDay, formatMoney } from '../format.ts';
import type { ProposalShown, When } from './proposal-types.ts';
import { outcomeWords, proposalState, proposalTitle } from './proposal-words.ts';

export interface SavingShown {
  readonly name: string;
  readonly currency: string;
  /** Per day. */
  readonly expectedMicros: bigint;
  readonly startDay: Day;
  readonly endDay?: Day;
  readonly endedBecause?: string;
  readonly realisedMicros?: bigint;
  readonly realisedThrough?: Day;
}

export interface SavingsSum {
  readonly currency: string;
  /** Of what is still off. */
  readonly perDayMicros: bigint;
  /** For the days that bills cover, and what they say. */
  readonly expectedMicros: bigint;
  readonly realisedMicros: bigint;
  /** Of which no bill has come yet. */
  readonly pending: number;
}

export interface ActionsList {
  readonly open: readonly ProposalShown[];
  readonly over: readonly ProposalShown[];
  readonly savings: readonly SavingShown[];
  readonly sums: readonly SavingsSum[];
  readonly all: boolean;
  readonly days: number;
  readonly mode: string;
}

const LISTED = 8;

export function composeActions(list: ActionsList, when: When): View {
  const { open, over, savings, all, days, mode } = list;
  const span = all ? '' : ` in the last ${days} days`;
  const waiting = open.filter(({ status }) => status === 'waiting').length;
  const elements: Element[] = [
    {
      kind: 'text',
      spans: [
        bold(
          waiting > 0
            ? `${countOf(waiting, 'proposal')} ${waiting === 1 ? 'waits' : 'wait'} for approval`
            : 'No proposal waits for approval',
        ),
        text(`. ${savingsLine(list)}`),
      ],
    },
    ...section('Open', open, (one) => proposalState(one, when)),
    ...section(`Finished${span}`, over, (one) => (isRun(one) ? outcomeWords(one) : proposalState(one, when))),
    ...ledger(savings, when),
    ...buttons(open, all),
    { kind: 'context', spans: [text(modeWords(mode))] },
  ];
  return { elements };
}

function isRun({ status }: ProposalShown): boolean {
  return ['done', 'partly', 'failed'].includes(status);
}

function savingsLine({ sums, over }: ActionsList): string {
  if (sums.length === 0)
    return over.some(isRun)
      ? 'There is no known saving at the moment.'
      : 'Nothing was switched off from here yet.';
  return sums
    .map(({ perDayMicros, expectedMicros, realisedMicros, pending, currency }) => {
      const now = `What is off saves about ${formatMoney(perDayMicros, currency)} a day`;
      const proven =
        expectedMicros > 0n
          ? `; bills show ${formatMoney(realisedMicros, currency)} saved of ${formatMoney(expectedMicros, currency)} expected`
          : '';
      return `${now}${proven}${pending > 0 ? `; of ${countOf(pending, 'resource')} no bill has come yet` : ''}.`;
    })
    .join(' ');
}

function section(
  title: string,
  proposals: readonly ProposalShown[],
  words: (one: ProposalShown) => string,
): Element[] {
  if (proposals.length === 0) return [];
  const shown = proposals.slice(0, LISTED);
  const more = proposals.length - shown.length;
  return [
    { kind: 'text', spans: [bold(title)] },
    {
      kind: 'list',
      items: [
        ...shown.map((one): Span[] => [bold(`${one.id} · ${proposalTitle(one)}`), text(` · ${words(one)}`)]),
        ...(more > 0 ? [[text(`and ${more} more`)]] : []),
      ],
    },
  ];
}

function ledger(savings: readonly SavingShown[], { today }: When): Element[] {
  if (savings.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        { title: 'off' },
        { title: 'since' },
        { title: 'expected a day', align: 'right' },
        { title: 'on the bill so far', align: 'right' },
      ],
      rows: savings
        .slice(0, LISTED)
        .map((one) => [
          one.name,
          `${formatDay(one.startDay, today)}${one.endDay ? ` to ${formatDay(one.endDay, today)} (${one.endedBecause ?? 'ended'})` : ''}`,
          formatMoney(one.expectedMicros, one.currency),
          one.realisedMicros === undefined || one.realisedThrough === undefined
            ? 'no bill yet'
            : `${formatMoney(one.realisedMicros, one.currency)} until ${formatDay(one.realisedThrough, today)}`,
        ]),
      ...(savings.length > LISTED && { more: `and ${savings.length - LISTED} more` }),
    },
  ];
}

function buttons(open: readonly ProposalShown[], all: boolean): Element[] {
  const some: Button[] = open.slice(0, 3).map(({ id }) => ({
    label: `Proposal ${id}`,
    action: { do: 'command', text: `proposal ${id}` },
  }));
  if (!all) some.push({ label: 'All', action: { do: 'command', text: 'actions all' } });
  return some.length > 0 ? [{ kind: 'actions', buttons: some }] : [];
}

function modeWords(mode: string): string {
  switch (mode) {
    case 'dry-run':
      return 'Dry run: everything is planned and shown, nothing is called. An admin changes that with actions.mode in pennywatch.yaml.';
    case 'approve':
      return 'Nothing is called without the approval of somebody else.';
    default:
      return 'What is cheap, can be undone and is not in prod runs at once; everything else needs approval.';
  }
}
