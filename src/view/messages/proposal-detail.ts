/** One proposal in full, for whoever asks; and the short answer after somebody did something with it. */
import { type Button, bold, type Element, italic, type Span, text, type View } from '../elements.ts';
import { countOf, formatMoney } from '../format.ts';
import type { ItemShown, ProposalShown, When } from './proposal-types.ts';
import {
  capital,
  chosenItems,
  effectWords,
  itemFacts,
  needWords,
  outcomeWords,
  proposalState,
  proposalTitle,
  STATE_WORDS,
  savingOfItems,
} from './proposal-words.ts';

/** What its reader may do with it while it waits. */
export interface ProposalRights {
  readonly approve: boolean;
  readonly decline: boolean;
  readonly withdraw: boolean;
}

const NO_RIGHTS: ProposalRights = { approve: false, decline: false, withdraw: false };

export function composeProposalDetail(
  proposal: ProposalShown,
  when: When,
  rights: ProposalRights = NO_RIGHTS,
): View {
  const { items, reason, by, approvers, status, mode } = proposal;
  const dry = mode === 'dry-run' ? ' Dry run: nothing is called.' : '';
  const over = ['done', 'partly', 'failed'].includes(status);
  const possible = items.some(({ state }) => state === 'planned' || state === 'skipped');
  if (status === 'draft' && !possible) return nothingPossible(proposal, when);
  const meant = chosenItems(proposal);
  const first = over ? `${outcomeWords(proposal)}.` : savingOfItems(meant, proposal);
  const elements: Element[] = [
    {
      kind: 'text',
      spans: [
        bold(status === 'done' ? outcomeWords(proposal) : proposalTitle(proposal)),
        text(status === 'done' ? `.${dry}` : `. ${first}${dry}`),
      ],
    },
    ...(reason ? [{ kind: 'text' as const, spans: [italic('Why:'), text(` ${reason} (${by})`)] }] : []),
    itemList(proposal, when),
    ...(status === 'draft' || status === 'waiting'
      ? [
          {
            kind: 'text' as const,
            spans: [text(`${needWords(proposal)} ${whoWords(approvers.map(({ name }) => name))}`)],
          },
        ]
      : []),
    ...buttonsOf(proposal, when, rights),
    {
      kind: 'context',
      spans: [
        text(
          `${proposalState(proposal, when)} · proposal ${proposal.id}${mode === 'dry-run' ? ' · dry run' : ''}`,
        ),
      ],
    },
  ];
  return { elements };
}

/** Each is refused: that is the answer, and why of each. */
function nothingPossible(proposal: ProposalShown, when: When): View {
  const { items, scope } = proposal;
  return {
    elements: [
      { kind: 'text', spans: [bold(`Nothing of ${scope} can be stopped from here.`)] },
      { kind: 'list', items: items.map((item) => itemLine(item, proposal, when)) },
    ],
  };
}

/** A month: the message that shows a decider this in its place is there as long. */
const OPEN_HOURS = 720;
/** Of so many what would happen is told; of more it is in the dialog, and only what tells them apart is here. */
const DETAILED = 4;
const LISTED = 15;

function itemList(proposal: ProposalShown, when: When): Element {
  const { items } = proposal;
  const brief = items.filter(({ state, said }) => state === 'planned' && !said).length > DETAILED;
  const shown = items.slice(0, LISTED).map((item) => itemLine(item, proposal, when, brief));
  const more = items.length - shown.length;
  return { kind: 'list', items: more > 0 ? [...shown, [text(`and ${more} more`)]] : shown };
}

function itemLine(item: ItemShown, proposal: ProposalShown, when: When, brief = false): Span[] {
  const { state, said, effect, title, name, id, reversible, costMicros } = item;
  const told = capital(effectWords({ effect: said ?? '', name }));
  const mark = state === 'planned' ? '' : ` · ${STATE_WORDS[state]}`;
  // The number by which it is chosen: `proposal 4 request 7,8`.
  const number = proposal.status === 'draft' && state !== 'refused' ? ` (no. ${id})` : '';
  const cost =
    costMicros === undefined ? 'cost unknown' : `${formatMoney(costMicros, proposal.currency)} a day`;
  if (state === 'skipped' && proposal.status !== 'draft') return [bold(name), text(`${mark} · ${cost}`)];
  // What came out: how it was before is of no use any more.
  if (said !== undefined && state !== 'refused' && state !== 'planned')
    return [bold(name), text(`${mark} · ${cost} before. ${told}`)];
  const what =
    state === 'refused' || said !== undefined
      ? told
      : `${title ?? capital(item.verb)}: ${effectWords({ effect, name })}`;
  if (brief && state === 'planned' && said === undefined)
    return [
      bold(name),
      text(
        `${number} · ${itemFacts(item, proposal, when)} · ${title ?? capital(item.verb)}${reversible ? '' : ' · cannot be undone'}`,
      ),
    ];
  const undo =
    state === 'refused' || said !== undefined ? '' : reversible ? ' Can be undone.' : ' Cannot be undone.';
  return [bold(name), text(`${number}${mark} · ${itemFacts(item, proposal, when)}. ${what}${undo}`)];
}

function whoWords(names: readonly string[]): string {
  if (names.length === 0)
    return 'Nobody can approve it: name people under actions.approvers in pennywatch.yaml.';
  const [last, ...others] = [...names].reverse();
  return `${others.length > 0 ? `${others.reverse().join(', ')} or ${last}` : last} can approve it.`;
}

function buttonsOf(proposal: ProposalShown, { now }: When, rights: ProposalRights): Element[] {
  const { id, status, undoUntil, undoneBy, items } = proposal;
  const buttons: Button[] = [];
  const possible = items.some(({ state }) => state === 'planned' || state === 'skipped');
  if (status === 'draft' && possible)
    buttons.push({
      label: 'Choose and ask…',
      style: 'primary',
      action: { do: 'form', form: 'proposal', text: `proposal ${id}` },
    });
  if (rights.approve)
    buttons.push({
      label: 'Approve',
      style: 'primary',
      action: { do: 'command', text: `proposal ${id} approve` },
      hours: OPEN_HOURS,
    });
  if (rights.decline)
    buttons.push({
      label: 'Decline…',
      action: { do: 'form', form: 'proposal-decline', text: `proposal ${id}` },
      hours: OPEN_HOURS,
    });
  if (rights.withdraw)
    buttons.push({ label: 'Withdraw', action: { do: 'command', text: `proposal ${id} withdraw` } });
  if (undoUntil && undoUntil.getTime() > now && !undoneBy)
    buttons.push({
      label: 'Undo',
      action: { do: 'command', text: `proposal ${id} undo` },
      once: true,
    });
  if (undoneBy)
    buttons.push({
      label: `See proposal ${undoneBy.id}`,
      action: { do: 'command', text: `proposal ${undoneBy.id}` },
    });
  return buttons.length > 0 ? [{ kind: 'actions', buttons }] : [];
}

/** The answer to somebody who asked, decided, took back or undid. */
export function composeProposalSaid(
  proposal: ProposalShown,
  verb: 'request' | 'approve' | 'decline' | 'withdraw' | 'undo',
  when: When,
): View {
  const { id, approvals, approvalsNeeded, approvers, mode, items } = proposal;
  const left = approvalsNeeded - approvals.filter((one) => one.verdict === 'approve').length;
  const dry = mode === 'dry-run' ? ' It is a dry run: nothing will be called.' : '';
  const words = {
    request:
      approvalsNeeded === 0
        ? `It starts now, without anybody else's approval.${dry}`
        : `${needWords(proposal)} ${whoWords(approvers.map(({ name }) => name))}${dry}`,
    approve:
      left > 0
        ? `Approved. ${countOf(left, 'more person', 'more people')} must approve it.`
        : `Approved${proposal.notBefore && proposal.notBefore.getTime() > when.now ? '; it waits for the end of the quiet hours' : '; it starts now'}.${dry}`,
    decline: 'Declined; nothing was called.',
    withdraw: 'Withdrawn; nothing was called.',
    undo: `${countOf(items.length, 'resource')} ${items.length === 1 ? 'is' : 'are'} being brought back. The message about it says what came of it.${dry}`,
  }[verb];
  return {
    elements: [
      { kind: 'text', spans: [bold(`${proposalTitle(proposal)}. `), text(words)] },
      { kind: 'actions', buttons: [{ label: 'Details', action: { do: 'command', text: `proposal ${id}` } }] },
      { kind: 'context', spans: [text(`Proposal ${id} · written down with your name and the time`)] },
    ],
  };
}

/** "Saving about $412 a day": of what is done. */
export function savedWords({
  items,
  currency,
  undoOf,
}: Pick<ProposalShown, 'items' | 'currency' | 'undoOf'>): string | undefined {
  if (undoOf !== undefined) return undefined;
  const sum = items
    .filter(({ state }) => state === 'done')
    .reduce((total, { savingMicros = 0n }) => total + savingMicros, 0n);
  return sum > 0n ? `saving about ${formatMoney(sum, currency)} a day` : undefined;
}
