/** Carries out what is approved, goes on with what a crash left behind, and looks again at what was not clear. */
import PQueue from 'p-queue';
import { stricter } from '../../analysis/policy/mode.ts';
import type { ActionMode, ProposalState } from '../../core/action.ts';
import { claimedProposals, claimProposal, dueProposals, renewClaim } from '../../store/proposals/claims.ts';
import { unclearItems } from '../../store/proposals/items.ts';
import { listProposals, moveProposal, type StoredProposal } from '../../store/proposals.ts';
import { lockForWriting, whenFree } from '../../store/write-lock.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { afterwards } from './afterwards.ts';
import { auditProposal } from './audit.ts';
import { demandProposal } from './demand-proposal.ts';
import { expireProposals } from './end.ts';
import { holdBack } from './hold.ts';
import { canBeUndone } from './plan-candidate.ts';
import { keptPlan } from './planned-again.ts';
import { CLAIM, connectDeed, outcomeOf, type Run, runItem, settleIn, wasBegun } from './run-item.ts';
import { tellProposal } from './tell.ts';
import type { ActionParts } from './types.ts';
import { lookOnce } from './watch.ts';

const SYSTEM = 'system:actions';
const HOUR_MS = 3_600_000;
/** Calls of one proposal at once, and proposals at once. */
const ITEMS_AT_ONCE = 4;
const PROPOSALS_AT_ONCE = 3;
/** What is not clear is looked at again for so long. */
const LOOK_AGAIN = 24 * HOUR_MS;

export interface CarriedOut {
  /** Proposals that were run or gone on with. */
  readonly run: number;
  readonly expired: number;
  /** Outcomes that became clear. */
  readonly cleared: number;
}

/** A quick look, so that nothing is started for nothing. */
export async function actionsDue({ store, now, acting }: Context): Promise<boolean> {
  const at = new Date(now());
  const [due, claimed, unclear, expired] = await Promise.all([
    dueProposals(store, at),
    claimedProposals(store, at),
    unclearItems(store, new Date(at.getTime() - LOOK_AGAIN)),
    listProposals(store, { status: ['waiting'] }),
  ]);
  const dead = claimed.some(({ claimedBy }) => acting && !acting.isAlive(claimedBy));
  return dead || due.length + unclear.length > 0 || expired.some(({ expiresAt }) => expiresAt <= at);
}

/** May be called as often as one likes, by several processes: each proposal is run by one. */
export async function carryOut(
  context: Context,
  parts: ActionParts,
  { newId, signal = new AbortController().signal }: { readonly newId: NewId; readonly signal?: AbortSignal },
): Promise<CarriedOut> {
  const expired = await expireProposals(context, { newId });
  const queue = new PQueue({ concurrency: PROPOSALS_AT_ONCE });
  const due = await findDue(context, parts);
  const ran = await queue.addAll(due.map((one) => () => runAlone(context, parts, one, { newId, signal })));
  const cleared = await lookAgain(context, parts, { newId, signal });
  return { run: ran.filter(Boolean).length, expired, cleared };
}

interface Due {
  readonly id: number;
  /** Whose claim is void because that process is dead. */
  readonly over?: string;
}

async function findDue({ store, now }: Context, { isAlive }: ActionParts): Promise<Due[]> {
  const at = new Date(now());
  const due = (await dueProposals(store, at)).map(({ id }) => ({ id }));
  const dead = (await claimedProposals(store, at)).filter(({ claimedBy }) => !isAlive(claimedBy));
  return [...due, ...dead.map(({ id, claimedBy }) => ({ id, over: claimedBy }))];
}

/** What breaks one proposal holds up neither the others nor the looking again: its claim ends by itself, and it comes again. */
async function runAlone(...[context, parts, due, how]: Parameters<typeof runProposal>): Promise<boolean> {
  try {
    return await runProposal(context, parts, due, how);
  } catch (error) {
    context.log.error({ err: error, proposal: due.id }, 'a proposal could not be carried out');
    return false;
  }
}

async function runProposal(
  context: Context,
  parts: ActionParts,
  { id, over }: Due,
  { newId, signal }: { readonly newId: NewId; readonly signal: AbortSignal },
): Promise<boolean> {
  const proposal = await begin(context, parts, { id, ...(over !== undefined && { over }) }, newId);
  if (!proposal) return false;
  await afterwards(context, proposal);
  const mode = stricter(proposal.mode, context.settings.actions.mode);
  let held = true;
  const goOn = () => held && !signal.aborted;
  const renewal = setInterval(() => {
    const claim = { owner: parts.owner, until: new Date(context.now() + CLAIM) };
    whenFree(() => renewClaim(context.store, id, claim))
      .then((still) => {
        held = still;
      })
      .catch((error: unknown) => context.log.warn({ err: error, proposal: id }, 'a claim was not renewed'));
  }, CLAIM / 4);
  renewal.unref();
  try {
    const run: Run = { context, parts, proposal, mode, goOn, signal };
    const queue = new PQueue({ concurrency: ITEMS_AT_ONCE });
    const open = proposal.items.filter(({ state }) => state === 'planned' || state === 'started');
    await queue.addAll(open.map((item) => () => runItem(run, item)));
  } finally {
    clearInterval(renewal);
  }
  const finished = await finish(context, parts, id, { mode, newId });
  await afterwards(context, proposal);
  return finished;
}

async function begin(
  context: Context,
  parts: ActionParts,
  { id, over }: Due,
  newId: NewId,
): Promise<StoredProposal | undefined> {
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const at = new Date(context.now());
    const before = await demandProposal(tx, id);
    if (await holdBack(tx, context, before, newId)) return undefined;
    const claim = { owner: parts.owner, now: at, until: new Date(at.getTime() + CLAIM) };
    if (!(await claimProposal(tx, id, { ...claim, ...(over !== undefined && { over }) }))) return undefined;
    const resumed = before.status === 'running';
    await moveProposal(tx, id, ['running'], 'running', resumed ? {} : { startedAt: at });
    const after = await demandProposal(tx, id);
    await auditProposal(tx, resumed ? 'resume' : 'start', after, { actor: SYSTEM, at });
    if (!resumed) await tellProposal(tx, { context, newId }, after, { actions: parts.actions });
    return after;
  });
}

/** False while items are left: the process stops, or another one has taken over. */
async function finish(
  context: Context,
  parts: ActionParts,
  id: number,
  { mode: modeNow, newId }: { readonly mode: ActionMode; readonly newId: NewId },
): Promise<boolean> {
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const proposal = await demandProposal(tx, id);
    if (proposal.items.some(({ state }) => state === 'planned' || state === 'started')) return false;
    const at = new Date(context.now());
    const status = statusOf(proposal);
    // What was really called stays so, whatever the mode has become since.
    const mode = wasBegun(proposal) ? proposal.mode : modeNow;
    const undoUntil = undoTime(proposal, parts, mode, at.getTime());
    const moved = await moveProposal(tx, id, ['running'], status, {
      mode,
      finishedAt: at,
      ...(undoUntil !== undefined && { undoUntil: new Date(undoUntil) }),
    });
    if (!moved) return false;
    const after = await demandProposal(tx, id);
    await auditProposal(tx, 'finish', after, {
      actor: SYSTEM,
      at,
      facts: { status, outcomes: tally(after) },
    });
    await tellWithOriginal(tx, context, after, { parts, newId });
    return true;
  });
}

/** An undo changes what the first message says, too. */
async function tellWithOriginal(
  tx: Parameters<typeof tellProposal>[0],
  context: Context,
  proposal: StoredProposal,
  { parts, newId }: { readonly parts: ActionParts; readonly newId: NewId },
): Promise<void> {
  const telling = { context, newId };
  const { actions } = parts;
  await tellProposal(tx, telling, proposal, { actions });
  if (proposal.undoOf === undefined) return;
  await tellProposal(tx, telling, await demandProposal(tx, proposal.undoOf), { actions, quiet: true });
}

function statusOf({ items }: StoredProposal): ProposalState {
  const chosen = items.filter(
    ({ state, startedAt, finishedAt }) => state !== 'skipped' && (finishedAt ?? startedAt),
  );
  const done = chosen.filter(({ state }) => state === 'done').length;
  const unclear = chosen.some(({ state }) => state === 'unclear');
  if (done === 0 && !unclear) return 'failed';
  return done === chosen.length ? 'done' : 'partly';
}

function tally({ items }: StoredProposal): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of items) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** As long as each of what was done can be brought back. */
function undoTime(
  { items, undoOf }: StoredProposal,
  { actions }: ActionParts,
  mode: ActionMode,
  now: number,
): number | undefined {
  if (undoOf !== undefined || mode === 'dry-run') return undefined;
  const hours = items
    .filter(({ state }) => state === 'done' || state === 'unclear')
    .flatMap(({ action, before }) => {
      const known = actions.find(({ id }) => id === action);
      return canBeUndone(known, before) ? (known?.undo?.hours ?? []) : [];
    });
  return hours.length > 0 ? now + Math.min(...hours) * HOUR_MS : undefined;
}

/** Of finished proposals: a resource that was still under way, or could not be seen. */
async function lookAgain(
  context: Context,
  parts: ActionParts,
  { newId, signal }: { readonly newId: NewId; readonly signal: AbortSignal },
): Promise<number> {
  let cleared = 0;
  for (const { proposalId, item } of await unclearItems(
    context.store,
    new Date(context.now() - LOOK_AGAIN),
  )) {
    const proposal = await demandProposal(context.store, proposalId);
    const run: Run = { context, parts, proposal, mode: proposal.mode, goOn: () => !signal.aborted, signal };
    const deed = connectDeed(run, item);
    if (!deed) continue;
    const seen = await lookOnce(deed, keptPlan(item));
    const [state, said] = outcomeOf(seen, deed);
    if (state === 'unclear') continue;
    // All at once: a crash between the two would leave a proposal that says less than its resources for good.
    const moved = await context.store.$transaction(async (tx) => {
      await lockForWriting(tx);
      if (!(await settleIn(tx, run, item, state, said))) return false;
      const after = await demandProposal(tx, proposalId);
      const at = new Date(context.now());
      await moveProposal(tx, proposalId, ['done', 'partly', 'failed'], statusOf(after));
      await auditProposal(tx, 'reconcile', after, {
        actor: SYSTEM,
        at,
        facts: { item: item.resourceId, state },
      });
      await tellWithOriginal(tx, context, await demandProposal(tx, proposalId), { parts, newId });
      return true;
    });
    if (!moved) continue;
    await afterwards(context, proposal);
    cleared += 1;
  }
  return cleared;
}
