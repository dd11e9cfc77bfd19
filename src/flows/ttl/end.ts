/** The end of a time: a proposal for what still runs; without a word where nothing does. */

import { FINAL_STATES } from '../../core/action.ts';
import { actorKey } from '../../core/actor.ts';
import { dayInZone } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { parseScope } from '../../core/scope.ts';
import { finishRun } from '../../store/job-runs.ts';
import { enqueue, type OutgoingMessage } from '../../store/outbox.ts';
import { busyElsewhere } from '../../store/proposals/items.ts';
import { listProposals, type StoredItem, type StoredProposal } from '../../store/proposals.ts';
import { moveTtl, type StoredTtl } from '../../store/time-to-live.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import { formatMoment } from '../../view/messages/scope-words.ts';
import { composeTtlStuck } from '../../view/messages/ttl-notices.ts';
import type { NewId } from '../buttons.ts';
import { claimSlot, releaseSlot } from '../claimed-slot.ts';
import type { Context } from '../context.ts';
import { toMessages } from '../notices.ts';
import { demandProposal } from '../proposals/demand-proposal.ts';
import { draftProposal } from '../proposals/draft.ts';
import { requestProposal } from '../proposals/request.ts';
import type { ActionParts } from '../proposals/types.ts';
import { actorNames } from '../standing.ts';
import { placesOfTtl, rewriteAsked } from './asked-message.ts';
import { auditTtl } from './audit.ts';
import { TIMER } from './set-ttl.ts';

const BY = actorKey(TIMER);
/** What is in another proposal is looked at again after so long, in milliseconds. */
const BUSY_WAIT = 600_000;

/** True when something came of it: a proposal, or its quiet end. What a crash left behind is found, not made twice. */
export async function endTime(
  context: Context,
  parts: ActionParts,
  ttl: StoredTtl,
  newId: NewId,
): Promise<boolean> {
  const key = { job: 'ttl', slot: `${ttl.id} ${ttl.until.toISOString()}` };
  if (!(await claimSlot(context, parts.owner, key))) return false;
  try {
    const ending = await findEnding(context, parts, ttl, newId);
    if (ending.kind === 'busy') {
      await releaseSlot(context, parts.owner, key, { error: ending.error, wait: BUSY_WAIT });
      return false;
    }
    await context.store.$transaction(async (tx) => {
      await lockForWriting(tx);
      const at = new Date(context.now());
      await finishRun(tx, key, at);
      if (ending.kind === 'proposed') {
        if (!(await moveTtl(tx, ttl, { proposalId: ending.id }))) return;
        await auditTtl(tx, 'propose', { actor: BY, at }, { after: ttl, facts: { proposal: ending.id } });
        return;
      }
      if (!(await moveTtl(tx, ttl, { endedAt: at, endedBy: BY }))) return;
      const after = { ...ttl, endedAt: at, endedBy: BY };
      await auditTtl(tx, 'end', { actor: BY, at }, { before: ttl, facts: { because: ending.because } });
      await rewriteAsked(tx, context, { before: ttl, after, verb: 'end' });
      await enqueue(tx, ending.messages, at);
    });
    return true;
  } catch (error) {
    await releaseSlot(context, parts.owner, key, { error });
    throw error;
  }
}

type Ending =
  | { readonly kind: 'proposed'; readonly id: number }
  | { readonly kind: 'over'; readonly because: string; readonly messages: readonly OutgoingMessage[] }
  | { readonly kind: 'busy'; readonly error: AppError };

async function findEnding(
  context: Context,
  parts: ActionParts,
  ttl: StoredTtl,
  newId: NewId,
): Promise<Ending> {
  const { store, settings } = context;
  const origin = `ttl:${ttl.scope}`;
  const made = await listProposals(store, { origin, since: ttl.until });
  const earlier = made.find(({ status }) => status !== 'draft');
  if (earlier) return { kind: 'proposed', id: earlier.id };
  const draft = await lookAround(context, parts, ttl, origin);
  if (!draft) return { kind: 'over', because: 'nothing of it costs anything', messages: [] };
  const running = draft.items.filter((item) => !isAtRest(item));
  if (running.length === 0) return { kind: 'over', because: 'everything is stopped', messages: [] };
  const possible = running.filter(({ state }) => state === 'planned');
  if (possible.length === 0) {
    const messages = await stuckMessages(context, ttl, { running, newId });
    return { kind: 'over', because: 'nothing of it can be stopped from here', messages };
  }
  const free: StoredItem[] = [];
  for (const item of possible)
    if (!(await busyElsewhere(store, item.resourceId, { proposalId: draft.id }))) free.push(item);
  if (free.length === 0)
    return {
      kind: 'busy',
      error: new AppError('CONFLICT', `What ${ttl.scope} runs is in another proposal that is not over.`),
    };
  const most = settings.actions.limits.resourcesPerProposal;
  const items = free.slice(0, most).map(({ id }) => id);
  const reason = await reasonOf(context, ttl, free.length - items.length);
  await requestProposal(context, TIMER, draft.id, { items, reason }, { newId });
  return { kind: 'proposed', id: draft.id };
}

async function lookAround(
  context: Context,
  parts: ActionParts,
  { scope }: StoredTtl,
  origin: string,
): Promise<StoredProposal | undefined> {
  const target = { kind: 'scope', scope: parseScope(scope) } as const;
  try {
    return await draftProposal(context, parts, TIMER, target, { kind: 'ttl', origin });
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** Gone, or over as its provider says. */
function isAtRest({ state, plan }: StoredItem): boolean {
  if (state !== 'refused' || !plan) return false;
  if (plan.already || plan.state === undefined) return true;
  return /^(completed|stopped|failed|succeeded|terminated|deallocated|(job_state_)?(succeeded|failed|cancell?ed))$/i.test(
    plan.state,
  );
}

async function reasonOf(
  context: Context,
  { until, setBy, reason }: StoredTtl,
  more: number,
): Promise<string> {
  const { store, settings, now } = context;
  const name = (await actorNames(store))(setBy);
  const today = dayInZone(now(), settings.timeZone);
  return [
    `its time was over on ${formatMoment(until, settings.timeZone, today)} (set by ${name}${reason ? `: ${reason}` : ''})`,
    ...(more > 0 ? [`${more} more run than fit one proposal: see them with stop`] : []),
  ].join('; ');
}

async function stuckMessages(
  context: Context,
  ttl: StoredTtl,
  { running, newId }: { readonly running: readonly StoredItem[]; readonly newId: NewId },
): Promise<OutgoingMessage[]> {
  const { settings } = context;
  const { places } = await placesOfTtl(context, ttl);
  const view = composeTtlStuck({
    scope: parseScope(ttl.scope),
    until: ttl.until,
    refused: running.map(({ name, said }) => ({ name, said: said ?? 'it was refused.' })),
    today: dayInZone(context.now(), settings.timeZone),
    timeZone: settings.timeZone,
  });
  const key = `ttl:${ttl.id}:stuck:${ttl.until.toISOString()}`;
  return toMessages(context, newId, { places, view, key, about: `end of ${ttl.scope}` });
}

/** What its end led to is over, so its time is; how it ended is in the proposal. True when it was. */
export async function closeTime(context: Context, ttl: StoredTtl, proposalId: number): Promise<boolean> {
  const { status } = await demandProposal(context.store, proposalId);
  if (!FINAL_STATES.some((state) => state === status)) return false;
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const at = new Date(context.now());
    if (!(await moveTtl(tx, ttl, { endedAt: at, endedBy: BY }))) return false;
    const facts = { because: `proposal ${proposalId} is ${status}` };
    await auditTtl(tx, 'end', { actor: BY, at }, { before: ttl, facts });
    await rewriteAsked(tx, context, {
      before: ttl,
      after: { ...ttl, endedAt: at, endedBy: BY },
      verb: 'end',
    });
    return true;
  });
}
