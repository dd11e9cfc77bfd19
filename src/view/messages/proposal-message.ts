/** A proposal in chat, rewritten in place through its life: what, why, who may approve, what came out, undo. */
import {
  type Button,
  bold,
  type Element,
  italic,
  type PersonalView,
  type Span,
  text,
  type View,
} from '../elements.ts';
import { formatMoney } from '../format.ts';
import type { ApproverShown, ItemShown, ProposalShown, When } from './proposal-types.ts';
import {
  capital,
  chosenItems,
  effectWords,
  itemFacts,
  needWords,
  outcomeWords,
  proposalState,
  proposalTitle,
  savingOfItems,
  withoutName,
} from './proposal-words.ts';

/** More than this is in `proposal N`. */
const ITEMS = 8;
/** More people than this are not called for one decision. */
const CALLED = 4;
/** A month: longer than a proposal waits. */
const OPEN_HOURS = 720;

export interface ProposalMessage extends When {
  readonly proposal: ProposalShown;
  /** Approvers are pinged: only in the first version of the message, an edit pings nobody anyway. */
  readonly ping: boolean;
}

export function composeProposal({ proposal, ping, ...when }: ProposalMessage): View {
  const { status, reason, by } = proposal;
  const mine = status === 'waiting' ? decidersView(proposal) : undefined;
  const over = ['done', 'partly', 'failed'].includes(status);
  return {
    elements: [
      { kind: 'text', spans: [bold(headline(proposal))] },
      {
        kind: 'text',
        spans: [
          text(`${savingLine(proposal)} `.trimStart()),
          ...(reason ? [italic('Why:'), text(` ${reason.replace(/[.\s]+$/u, '')} (${by}).`)] : []),
        ].filter((span) => span.kind !== 'text' || span.text !== ''),
      },
      ...itemLines(proposal, when),
      ...(status === 'waiting' ? [waiting(proposal, ping)] : []),
      ...buttons(proposal, when),
      {
        kind: 'context',
        spans: [
          text(
            `${proposalState(proposal, when)} · proposal ${proposal.id}${over ? undoneWords(proposal) : ''}`,
          ),
        ],
      },
    ].filter((element) => element.kind !== 'text' || element.spans.length > 0) as Element[],
    ...(mine && { mine }),
  };
}

/** Where people see messages of their own, deciders see the proposal with its decision in it; the others ask for it. */
function decidersView({ id, approvers }: ProposalShown): PersonalView {
  return {
    button: { label: 'Details', action: { do: 'command', text: `proposal ${id}` }, hours: OPEN_HOURS },
    people: approvers.flatMap(({ ids, group }) =>
      ids && !group && Object.keys(ids).length > 0 ? [ids] : [],
    ),
  };
}

function headline(proposal: ProposalShown): string {
  const { status, by, mode } = proposal;
  const title = proposalTitle(proposal);
  const dry = mode === 'dry-run' ? ' (dry run: nothing will be called)' : '';
  if (proposal.undoneBy?.status === 'done')
    return `⚪ Undone by ${proposal.undoneBy.by}: ${small(outcomeWords(proposal))}`;
  switch (status) {
    case 'done':
      return `🟢 Done: ${small(outcomeWords(proposal))}`;
    case 'partly':
      return `🟠 Partly: ${small(outcomeWords(proposal))}`;
    case 'failed':
      return `🔴 Not done: ${small(outcomeWords(proposal))}`;
    case 'running':
      return `Under way: ${title}`;
    case 'approved':
      return `Approved: ${title}${dry}`;
    case 'declined':
      return `⚪ Declined: ${title}`;
    case 'withdrawn':
      return `⚪ Withdrawn: ${title}`;
    case 'expired':
      return `⚪ Expired: ${title}`;
    default:
      return `🟠 ${by} asks: ${title}${dry}`;
  }
}

/** After a colon. */
function small(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

function savingLine(proposal: ProposalShown): string {
  const { status, items, currency, mode } = proposal;
  // Nothing is saved by what was not done, or was brought back.
  if (['failed', 'declined', 'withdrawn', 'expired'].includes(status)) return '';
  if (['done', 'partly'].includes(proposal.undoneBy?.status ?? '')) return '';
  if (mode === 'dry-run' && ['done', 'partly'].includes(status))
    return savingOfItems(chosenItems(proposal), proposal).replace(/^Saves/, 'Would save');
  if (!['done', 'partly'].includes(status)) return savingOfItems(chosenItems(proposal), proposal);
  const done = items.filter(({ state }) => state === 'done');
  const known = done.filter(({ savingMicros }) => savingMicros !== undefined);
  if (known.length === 0 || proposal.kind === 'undo' || proposal.kind === 'on-hours') return '';
  const sum = known.reduce((total, { savingMicros = 0n }) => total + savingMicros, 0n);
  return `Saving about ${formatMoney(sum, currency)} a day.`;
}

/** Before: what each is. Afterwards: what came out of each. */
function itemLines(proposal: ProposalShown, when: When): Element[] {
  const over = ['running', 'done', 'partly', 'failed'].includes(proposal.status);
  const meant = over
    ? proposal.items.filter(({ state, said }) => state !== 'skipped' && (state !== 'refused' || said))
    : chosenItems(proposal);
  const lines = meant
    .slice(0, ITEMS)
    .map((item) => (over ? outcomeLine(item) : planLine(item, proposal, when)));
  const more = meant.length - ITEMS;
  return [
    {
      kind: 'list',
      items: more > 0 ? [...lines, [text(`and ${more} more: proposal ${proposal.id}`)]] : lines,
    },
  ];
}

function planLine(item: ItemShown, proposal: ProposalShown, when: When): Span[] {
  return [
    bold(item.name),
    text(
      ` · ${itemFacts(item, proposal, when)}. ${capital(effectWords(item))}${item.reversible ? '' : ' Cannot be undone.'}`,
    ),
  ];
}

function outcomeLine({ name, said, state, past }: ItemShown): Span[] {
  const words =
    withoutName(said, name) ??
    (state === 'done' ? `${past}.` : state === 'planned' ? 'not yet' : 'under way');
  return [bold(name), text(` · ${words}`)];
}

function waiting(proposal: ProposalShown, ping: boolean): Element {
  const { approvers } = proposal;
  const called = approvers.slice(0, CALLED);
  const who: Span[] =
    called.length === 0
      ? [text('Nobody can approve it: name people under actions.approvers in pennywatch.yaml. ')]
      : [
          ...called.flatMap((one, index): Span[] => [
            ...(index > 0
              ? [text(index === called.length - 1 && approvers.length <= CALLED ? ' or ' : ', ')]
              : []),
            ping ? mention(one) : text(one.name),
          ]),
          text(
            `${approvers.length > CALLED ? ` or ${approvers.length - CALLED} more` : ''} can approve it. `,
          ),
        ];
  return { kind: 'text', spans: [...who, text(needWords(proposal))] };
}

function mention({ name, ids = {}, group }: ApproverShown): Span {
  if (Object.keys(ids).length === 0) return text(name);
  return { kind: 'mention', who: group ? 'group' : 'user', ids, name };
}

function buttons(proposal: ProposalShown, { now }: When): Element[] {
  const { id, status, undoUntil, undoneBy } = proposal;
  const details: Button = { label: 'Details', action: { do: 'command', text: `proposal ${id}` } };
  if (status === 'waiting')
    return [
      {
        kind: 'actions',
        deciders: true,
        buttons: [
          {
            label: 'Approve',
            style: 'primary',
            action: { do: 'command', text: `proposal ${id} approve` },
            once: proposal.approvalsNeeded < 2,
            hours: OPEN_HOURS,
          },
          {
            label: 'Decline…',
            action: { do: 'form', form: 'proposal-decline', text: `proposal ${id}` },
            hours: OPEN_HOURS,
          },
          details,
        ],
      },
    ];
  const undo = undoUntil && undoUntil.getTime() > now && !undoneBy;
  return [
    {
      kind: 'actions',
      buttons: [
        ...(undo
          ? [
              {
                label: 'Undo',
                action: { do: 'command' as const, text: `proposal ${id} undo` },
                once: true,
                hours: OPEN_HOURS,
              },
            ]
          : []),
        details,
      ],
    },
  ];
}

function undoneWords({ undoneBy }: ProposalShown): string {
  if (!undoneBy) return '';
  return undoneBy.status === 'done' ? ` · undone by ${undoneBy.by}` : ` · being undone by ${undoneBy.by}`;
}
