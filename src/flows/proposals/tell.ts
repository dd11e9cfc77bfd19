/** Tells about proposals in chat: one message per place, rewritten in place through its life; in the anomaly's thread where there is one. */
import { dayInZone } from '../../core/day.ts';
import { microsToDecimal } from '../../core/money.ts';
import { appendAnomalyEvents } from '../../store/anomaly-events.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { enqueue, type OutgoingMessage } from '../../store/outbox.ts';
import { enqueueEdit } from '../../store/outbox-edits.ts';
import { postedPlaces } from '../../store/posted-messages.ts';
import type { StoredProposal } from '../../store/proposals.ts';
import { queuedBefore } from '../../store/source-notices.ts';
import { savedWords } from '../../view/messages/proposal-detail.ts';
import { composeProposal } from '../../view/messages/proposal-message.ts';
import type { ProposalShown } from '../../view/messages/proposal-types.ts';
import { outcomeWords, proposalTitle } from '../../view/messages/proposal-words.ts';
import { webhookMessages } from '../anomaly-thread/outgoing.ts';
import { type NewId, registerButtons } from '../buttons.ts';
import type { Context } from '../context.ts';
import { messageKey, placesOfTeam } from '../notices.ts';
import type { ProposalApprovers } from './approvers.ts';
import { type ShowParts, showProposal } from './shown.ts';

export interface TellOptions {
  readonly approvers?: ProposalApprovers;
  readonly actions?: ShowParts['actions'];
  /** Only the message that is there is drawn anew: nothing happened to the proposal itself. */
  readonly quiet?: boolean;
}

interface Telling {
  readonly context: Context;
  readonly newId: NewId;
}

/** Drafts are nobody's business yet. In the transaction of what happened, which holds the write lock. */
export async function tellProposal(
  tx: StoreTransaction,
  { context, newId }: Telling,
  proposal: StoredProposal,
  { approvers, actions, quiet = false }: TellOptions,
): Promise<void> {
  if (proposal.status === 'draft' || (proposal.status === 'withdrawn' && !proposal.requestedAt)) return;
  const { settings } = context;
  const now = context.now();
  const when = { now, today: dayInZone(now, settings.timeZone), timeZone: settings.timeZone };
  const parts = { ...(approvers && { approvers }), ...(actions && { actions }) };
  const shown = await showProposal(tx, proposal, parts);
  // Wherever it was posted, also where the team is not told any more: nobody is shown something to decide that is over.
  const posted = await postedPlaces(tx, `proposal:${proposal.id} `);
  const places = await placesOfTeam(context, proposal.team);
  const fresh = places
    .map((place) => ({ ...place, key: messageKey(`proposal:${proposal.id}`, place) }))
    .filter(({ key }) => !posted.some((one) => one.key === key));
  for (const [known, list] of [
    [true, posted],
    [false, fresh],
  ] as const)
    for (const { key, ...place } of list) {
      const view = composeProposal({ proposal: shown, ping: !known, ...when });
      const json = JSON.stringify(await registerButtons({ now: context.now, store: tx }, newId, view, place));
      if (known) await enqueueEdit(tx, { rootKey: key, view: json, at: new Date(now) });
      else await enqueue(tx, [await firstMessage(tx, proposal, { key, place, view: json })], new Date(now));
    }
  if (quiet) return;
  await enqueue(tx, toldOutside(context, proposal), new Date(now));
  await noteOnAnomaly(tx, proposal, shown, new Date(now));
}

/** What webhooks are told, each state once. */
function toldOutside({ settings, now }: Context, proposal: StoredProposal): OutgoingMessage[] {
  const { id, kind, status, mode, scope, team, anomalyId, savingMicros, currency, items } = proposal;
  return webhookMessages(settings.integrations, {
    key: `proposal:${id}:${status}:${proposal.approvals.length}`,
    about: `proposal ${id}`,
    type: `proposal.${status}`,
    timestamp: new Date(now()).toISOString(),
    data: {
      proposal: id,
      kind,
      mode,
      scope,
      team: team ?? null,
      anomaly: anomalyId ?? null,
      currency,
      savingPerDay: savingMicros === undefined ? null : microsToDecimal(savingMicros),
      resources: items
        .filter(({ state }) => state !== 'skipped')
        .map(({ resourceId, action, state, said }) => ({
          resourceId,
          action: action ?? null,
          state,
          said: said ?? null,
        })),
    },
  });
}

async function firstMessage(
  tx: StoreTransaction,
  { id, anomalyId }: StoredProposal,
  {
    key,
    place,
    view,
  }: { key: string; place: { platform: string; workspace?: string; channel: string }; view: string },
): Promise<OutgoingMessage> {
  const root = anomalyId === undefined ? undefined : messageKey(`anomaly:${anomalyId}`, place);
  const threaded = root !== undefined && (await queuedBefore(tx, [root])).size > 0;
  return {
    key,
    about: `proposal ${id}`,
    ...place,
    ...(threaded && { threadKey: root }),
    view,
  };
}

/** The anomaly's own history tells it too; its message is drawn anew from there. */
async function noteOnAnomaly(
  tx: StoreTransaction,
  { anomalyId, status, id }: StoredProposal,
  shown: ProposalShown,
  at: Date,
): Promise<void> {
  if (anomalyId === undefined) return;
  await appendAnomalyEvents(tx, [
    {
      anomalyId,
      at,
      actor: 'system:actions',
      kind: 'proposal',
      note: noteWords(shown),
      data: { proposal: id, status, ...(undoWords(shown) !== undefined && { undo: undoWords(shown) }) },
    },
  ]);
}

function approvedBy(who: readonly string[]): string {
  return who.length > 0 ? `approved by ${who.join(' and ')}` : '';
}

/** What the button says that undoes it, while it can be undone. */
function undoWords({
  status,
  undoUntil,
  undoneBy,
  undoTitle = 'start again',
}: ProposalShown): string | undefined {
  return ['done', 'partly'].includes(status) && undoUntil && !undoneBy ? undoTitle : undefined;
}

function noteWords(shown: ProposalShown): string {
  const { status, by, approvals, endedBy, mode } = shown;
  const title = proposalTitle(shown);
  const dry = mode === 'dry-run' ? ' (dry run)' : '';
  const who = approvals.filter(({ verdict }) => verdict === 'approve').map(({ name }) => name);
  switch (status) {
    case 'waiting':
      return who.length > 0
        ? `${title}: approved by ${who.join(' and ')}, one more is needed`
        : `${by} asks for approval: ${title}${dry}`;
    case 'approved':
      return who.length > 0
        ? `${title}: approved by ${who.join(' and ')}${dry}`
        : `${by} starts: ${title}${dry}`;
    case 'running':
      return `${title}: under way`;
    case 'done':
    case 'partly':
    case 'failed':
      return [outcomeWords(shown), approvedBy(who), savedWords(shown)].filter(Boolean).join(', ');
    default:
      return `${title}: ${status}${endedBy ? ` by ${endedBy}` : ''}`;
  }
}
